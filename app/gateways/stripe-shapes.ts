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

function eventOf(event: Stripe.Event): PaymentEvent {
  const object = event.data.object as { id?: string; object?: string; charge?: unknown };
  const objectId = object.id ?? "";
  const isRefund = object.object === "refund";
  const charge = typeof object.charge === "string" ? object.charge : null;
  return {
    id: event.id,
    type: event.type,
    objectId,
    checkoutSessionId: object.object === "checkout.session" ? objectId : null,
    refundId: isRefund ? objectId : null,
    refundedChargeId: event.type === "charge.refunded" ? objectId : isRefund ? charge : null,
    disputeId: object.object === "dispute" ? objectId : null,
    failedPaymentIntentId: event.type === "payment_intent.payment_failed" ? objectId : null,
    createdAt: dateOf(event.created),
  };
}

/** What was signed, as our event; null of what is none, or holds a letter that no text of a
 * database can (NUL): sent again, it would be no other. */
export function readEvent(signed: Stripe.Event): PaymentEvent | null {
  try {
    const event = eventOf(signed);
    return Object.values(event).some((value) => String(value).includes("\0")) ? null : event;
  } catch {
    return null;
  }
}
