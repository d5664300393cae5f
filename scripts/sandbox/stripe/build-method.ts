import type Stripe from "stripe";
import { brandOf } from "./cards.ts";
import { newId } from "./ids.ts";

/** What the payment page hands over; of a card only what Stripe itself would show again. */
export type Payer =
  | { kind: "card"; digits: string; expMonth: number; expYear: number; name: string }
  | { kind: "alipay" | "wechat_pay" };

const NOWHERE = {
  city: null,
  country: "CN",
  line1: null,
  line2: null,
  postal_code: null,
  state: null,
};

export function buildMethod(payer: Payer, email: string | null, created: number) {
  const name = payer.kind === "card" ? payer.name : null;
  const base = {
    id: newId.method(),
    object: "payment_method",
    allow_redisplay: "limited",
    billing_details: { address: NOWHERE, email, name, phone: null, tax_id: null },
    created,
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
    type: payer.kind,
  } satisfies Stripe.PaymentMethod;
  if (payer.kind !== "card") return { ...base, [payer.kind]: {} } as Stripe.PaymentMethod;
  const brand = brandOf(payer.digits);
  return {
    ...base,
    card: {
      brand,
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: "pass" },
      country: "US",
      display_brand: brand,
      exp_month: payer.expMonth,
      exp_year: payer.expYear,
      fingerprint: fingerprint(payer.digits),
      funding: "credit",
      generated_from: null,
      last4: payer.digits.slice(-4),
      networks: { available: [brand], preferred: null },
      regulated_status: "unregulated",
      three_d_secure_usage: { supported: true },
      wallet: null,
    },
  } satisfies Stripe.PaymentMethod;
}

/** The same card gives the same letters, and the letters do not give the card. */
function fingerprint(digits: string): string {
  let state = 7n;
  for (const digit of digits) state = (state * 1_000_003n + BigInt(digit)) % (1n << 80n);
  return state.toString(36).padStart(16, "0").slice(-16);
}
