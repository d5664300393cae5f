import type Stripe from "stripe";
import type { Checkout, CheckoutOrder, CheckoutPayment, PaymentEvent, Refund } from "./payments.ts";

export const idOf = (value: string | { id: string } | null | undefined): string | null =>
  typeof value === "string" ? value : (value?.id ?? null);
export const dateOf = (seconds: number) => new Date(seconds * 1000);

/** Stripe takes 50 keys with values of 500 characters: codes go in as many keys as they need. */
const VALUE_LENGTH = 500;
const MOST_KEYS = 40;

/** The order's number and where its produce money goes, for whoever looks into Stripe's records. */
export function orderMetadata(
  order: Pick<CheckoutOrder, "orderId" | "number" | "reliefCodes">,
): Record<string, string> {
  const chunks: string[] = [];
  for (const code of order.reliefCodes) {
    const last = chunks.at(-1);
    if (last !== undefined && last.length + 1 + code.length <= VALUE_LENGTH) {
      chunks[chunks.length - 1] = `${last},${code}`;
    } else {
      chunks.push(code);
    }
  }
  const accounts = chunks
    .slice(0, MOST_KEYS)
    .map((chunk, index) => [`relief_accounts_${index + 1}`, chunk]);
  return {
    order_id: order.orderId,
    order_number: order.number,
    ...(Object.fromEntries(accounts) as Record<string, string>),
  };
}

/** Stripe shows at most 100 lines; a longer order is shown as one sum. */
const MOST_LINES = 100;

export function lineItems(order: Pick<CheckoutOrder, "number" | "lines">) {
  const sum = order.lines.reduce((total, line) => total + line.unitFen * line.quantity, 0);
  const lines =
    order.lines.length <= MOST_LINES
      ? order.lines
      : [{ name: order.number, unitFen: sum, quantity: 1 }];
  return lines.map((line) => ({
    quantity: line.quantity,
    price_data: {
      currency: "cny" as const,
      unit_amount: line.unitFen,
      product_data: { name: line.name },
    },
  })) satisfies Stripe.Checkout.SessionCreateParams.LineItem[];
}

function paymentOf(session: Stripe.Checkout.Session): CheckoutPayment | null {
  const intent = session.payment_intent;
  if (!intent || typeof intent === "string" || intent.status !== "succeeded") return null;
  const charge = typeof intent.latest_charge === "string" ? null : intent.latest_charge;
  return {
    fen: intent.amount_received,
    currency: intent.currency,
    paymentIntentId: intent.id,
    chargeId: idOf(intent.latest_charge),
    balanceTransactionId: idOf(charge?.balance_transaction),
    paidAt: dateOf(charge?.created ?? intent.created),
  };
}

/** A status that Stripe may add some day is not open: nobody is sent there to pay. */
function statusOf(status: string | null): Checkout["status"] {
  return status === "open" || status === "expired" ? status : "complete";
}

export function checkoutOf(session: Stripe.Checkout.Session): Checkout {
  const intent = typeof session.payment_intent === "string" ? null : session.payment_intent;
  return {
    id: session.id,
    status: statusOf(session.status),
    url: session.url,
    orderId: session.client_reference_id,
    expiresAt: dateOf(session.expires_at),
    payment: paymentOf(session),
    isProcessing: session.status === "complete" && intent?.status === "processing",
    isDeclined: intent?.status === "requires_payment_method" && Boolean(intent.last_payment_error),
  };
}

export function refundOf(refund: Stripe.Refund): Refund {
  const status =
    refund.status === "succeeded"
      ? "succeeded"
      : refund.status === "failed" || refund.status === "canceled"
        ? "failed"
        : "pending";
  return {
    id: refund.id,
    status,
    failure: status === "failed" ? (refund.failure_reason ?? refund.status) : null,
    balanceTransactionId: idOf(refund.balance_transaction),
  };
}

/** No id of Stripe's is longer, and no job's name may be much longer. */
const LONGEST_ID = 255;

const isId = (id: unknown): id is string =>
  typeof id === "string" && id.length > 0 && id.length <= LONGEST_ID;

/** The seconds of any year that is written with four digits. */
const isTime = (seconds: unknown): seconds is number =>
  typeof seconds === "number" && seconds >= 0 && seconds < 253_402_300_800;

/** With a time or an id that Stripe would not write: when it came counts, and no such id is asked for. */
const isOddEvent = ({ created, data }: Stripe.Event) => {
  const { id } = data.object as { id?: unknown };
  return !isTime(created) || (id !== undefined && !isId(id));
};

function eventOf({ id, type, created, data }: Stripe.Event): PaymentEvent {
  const object = data.object as { id?: unknown; object?: string; charge?: unknown };
  const objectId = isId(object.id) ? object.id : null;
  const isRefund = object.object === "refund";
  const charge = isId(object.charge) ? object.charge : null;
  return {
    id,
    type,
    objectId: objectId ?? "",
    checkoutSessionId: object.object === "checkout.session" ? objectId : null,
    refundId: isRefund ? objectId : null,
    refundedChargeId: type === "charge.refunded" ? objectId : isRefund ? charge : null,
    disputeId: object.object === "dispute" ? objectId : null,
    failedPaymentIntentId: type === "payment_intent.payment_failed" ? objectId : null,
    createdAt: isTime(created) ? dateOf(created) : new Date(),
  };
}

/** What was signed, as our event; null of what is none, has no name of its own, or holds a letter
 * that no text of a database can (NUL): sent again, it would be no other. */
export function readEvent(signed: Stripe.Event): { event: PaymentEvent; isOdd: boolean } | null {
  try {
    const event = eventOf(signed);
    if (!isId(event.id) || typeof event.type !== "string") return null;
    if (Object.values(event).some((value) => String(value).includes("\0"))) return null;
    return { event, isOdd: isOddEvent(signed) };
  } catch {
    return null;
  }
}
