/** What happens when this card pays: docs.stripe.com/testing */
export interface CardBehaviour {
  decline?: { code: string; declineCode?: string; message: string };
  needsAuthentication?: boolean;
  isDisputed?: boolean;
}

const declined = (declineCode: string, message: string, code = "card_declined"): CardBehaviour => ({
  decline: { code, declineCode, message },
});

const KNOWN: Record<string, CardBehaviour> = {
  "4242424242424242": {},
  "4000000000000002": declined("generic_decline", "Your card was declined."),
  "4000000000009995": declined("insufficient_funds", "Your card has insufficient funds."),
  "4000000000000069": {
    decline: { code: "expired_card", message: "Your card has expired." },
  },
  "4000000000000127": {
    decline: { code: "incorrect_cvc", message: "Your card's security code is incorrect." },
  },
  "4000002500003155": { needsAuthentication: true },
  "4000000000000259": { isDisputed: true },
  // They pay as any; what becomes of a refund is told by `refundFate`.
  "4000000000005126": {},
  "4000000000007726": {},
  "5555555555554444": {},
  "6200000000000005": {},
};

/** undefined for a number that is no test card: a real card must never be taken here. */
export const behaviourOf = (digits: string): CardBehaviour | undefined => KNOWN[digits];

/** What becomes of money given back to a card, by its last four: docs.stripe.com/testing#refunds */
export function refundFate(last4: string | null | undefined): "at-once" | "later" | "sent-back" {
  if (last4 === "5126") return "sent-back";
  return last4 === "7726" ? "later" : "at-once";
}

export function brandOf(digits: string): string {
  if (digits.startsWith("4")) return "visa";
  if (/^5[1-5]/.test(digits)) return "mastercard";
  return digits.startsWith("62") ? "unionpay" : "unknown";
}

/** The check digit of ISO/IEC 7812. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  [...digits].reverse().forEach((digit, place) => {
    const doubled = Number(digit) * (place % 2 === 1 ? 2 : 1);
    sum += doubled > 9 ? doubled - 9 : doubled;
  });
  return digits.length >= 12 && sum % 10 === 0;
}
