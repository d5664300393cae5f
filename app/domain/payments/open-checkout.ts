import { createHash } from "node:crypto";
import { type Kysely, sql } from "kysely";
import { queueJob } from "#app/domain/queue/queue-job.ts";
import type { PaymentGateway } from "#app/gateways/payments.ts";
import type { DB } from "#db/schema.d.ts";
import { lockOrder } from "../orders/lock-order.ts";
import type { OrderStatus } from "../orders/order-states.ts";
import { HOLD_MS } from "../orders/place-order.ts";
import type { BuyerScope } from "../scopes.ts";
import { mayLook } from "./ask-rarely.ts";
import { readPayable } from "./read-payable.ts";
import { settlePayment } from "./settle-payment.ts";

/** Stripe refuses a checkout that would live less than 30 minutes; clocks differ a little. */
const SHORTEST_MS = 30 * 60_000 + 20_000;
/** How long after it was placed an unpaid order may hold its stock at most, however often asked. */
const LONGEST_HOLD_MS = 2 * HOLD_MS;

export type OpenedCheckout =
  | { ok: true; url: string }
  | { ok: false; reason: "order-not-found" | "payments-unavailable" | "amount-too-small" }
  /** The bank still decides, or has just said no: the order's page tells it, before she pays again. */
  | { ok: false; reason: "payment-processing" | "payment-refused" }
  | { ok: false; reason: "order-not-payable"; status: OrderStatus };

/**
 * One key for all that goes into a payment page: Stripe refuses a key that comes again with other
 * return addresses, and those depend on the address by which the buyer came to the market. A page that
 * closed before the order's time was over is never given again.
 * https://docs.stripe.com/api/idempotent_requests
 */
function keyOf(orderId: string, { expiresAt, closedPages }: Payable, publicUrl: string): string {
  const address = createHash("sha256").update(publicUrl).digest("hex").slice(0, 12);
  const again = closedPages === 0 ? "" : `:${closedPages}`;
  return `checkout:${orderId}:${expiresAt.getTime()}:${address}${again}`;
}

type Payable = { url: string | null; expiresAt: Date; closedPages: number };

/**
 * The order's payment page if it has one, else how long a new one may live. Where Stripe's
 * shortest life does not fit into the hold any more (Stripe was away when the order was placed)
 * the hold starts afresh, under the order's lock, so that two taps at once see one deadline. It
 * may grow at each try of a long outage but ends within twice its length after the order was
 * placed; from when no page fits in there any more the answer is "expired" and nothing changes.
 */
async function preparePayment(db: Kysely<DB>, orderId: string, now: Date) {
  return db.transaction().execute(async (trx): Promise<Payable | OrderStatus> => {
    const order = await lockOrder(trx, orderId);
    if (!order) throw new Error(`order ${orderId} is gone`);
    if (order.status !== "pending-payment" || order.expiresAt <= now) {
      return order.status === "pending-payment" ? "expired" : order.status;
    }
    const { closedPages } = order;
    if (order.checkoutSessionId) {
      const { checkout_url: url } = await trx
        .selectFrom("orders")
        .select("checkout_url")
        .where("id", "=", orderId)
        .executeTakeFirstOrThrow();
      return { url, expiresAt: order.expiresAt, closedPages };
    }
    if (order.expiresAt.getTime() - now.getTime() >= SHORTEST_MS) {
      return { url: null, expiresAt: order.expiresAt, closedPages };
    }
    const latest = order.createdAt.getTime() + LONGEST_HOLD_MS;
    const expiresAt = new Date(Math.min(now.getTime() + HOLD_MS, latest));
    if (expiresAt.getTime() - now.getTime() < SHORTEST_MS) return "expired";
    await trx
      .updateTable("orders")
      .set({ expires_at: expiresAt, updated_at: now })
      .where("id", "=", orderId)
      .execute();
    const key = `expire-order:${orderId}`;
    await queueJob(trx, "expire-order", { orderId }, { key, runAt: expiresAt });
    return { url: null, expiresAt, closedPages };
  });
}

/**
 * What became of a payment that her bank was still deciding when we last heard of it. Stripe is not
 * asked more than a few times in a few seconds.
 */
async function lookAtBank(
  db: Kysely<DB>,
  payments: PaymentGateway,
  buyer: BuyerScope,
  { orderId, checkoutSessionId, now, isPatient }: Look,
): Promise<OpenedCheckout> {
  if (!isPatient && !mayLook(orderId)) return { ok: false, reason: "payment-processing" };
  const settled = await settlePayment(db, payments, { checkoutSessionId, now });
  if (!settled.ok) return { ok: false, reason: "payments-unavailable" };
  const { outcome } = settled;
  if (outcome === "processing") return { ok: false, reason: "payment-processing" };
  if (outcome === "refused") return { ok: false, reason: "payment-refused" };
  const status = (await readPayable(db, buyer, orderId))?.status ?? "expired";
  return { ok: false, reason: "order-not-payable", status };
}
type Look = { orderId: string; checkoutSessionId: string; now: Date; isPatient: boolean };

/**
 * Opens the payment page of the buyer's unpaid order, or returns the one it has: a second tap, a
 * second tab or a retry after a lost answer lead to the same page. Stripe is asked outside any
 * database transaction, with a key made of the order's id, its deadline and our own address.
 *
 * `publicUrl` is the market's own address without a slash at the end. Fails with `order-not-found`
 * (also for another buyer's order), `order-not-payable` with the status the order is in, or
 * `payments-unavailable` (the order keeps its stock until its deadline, which is at most twice
 * `HOLD_MS` after it was placed: try again), `amount-too-small`; `payment-processing` while a bank
 * decides about what was done on its page, and `payment-refused` when it has just said no: the next
 * call opens another page. `isPatient` has Stripe asked about that however often. Where the hold may have to
 * start afresh, the order's row is locked for an instant before the call, never during it.
 */
export async function openCheckout(
  db: Kysely<DB>,
  payments: PaymentGateway,
  buyer: BuyerScope,
  asked: { orderId: string; publicUrl: string; now?: Date; isPatient?: boolean },
): Promise<OpenedCheckout> {
  const now = asked.now ?? new Date();
  const { orderId } = asked;
  const order = await readPayable(db, buyer, orderId);
  if (!order) return { ok: false, reason: "order-not-found" };
  const { number, locale, status, expiresAt, checkoutSessionId, lines, reliefCodes } = order;
  if (status === "pending-payment" && order.isProcessing && checkoutSessionId) {
    const { isPatient = false } = asked;
    return lookAtBank(db, payments, buyer, { orderId, checkoutSessionId, now, isPatient });
  }
  // Just placed, as nearly always: nothing is to be changed, so there is nothing to lock. What
  // happens to it from here on is caught when the page is kept, as it is after the lock.
  const isFresh =
    status === "pending-payment" &&
    checkoutSessionId === null &&
    expiresAt.getTime() - now.getTime() >= SHORTEST_MS;
  const fresh: Payable = { url: null, expiresAt, closedPages: order.closedPages };
  const payable = isFresh ? fresh : await preparePayment(db, orderId, now);
  if (typeof payable === "string") {
    return { ok: false, reason: "order-not-payable", status: payable };
  }
  if (payable.url) return { ok: true, url: payable.url };

  const page = `${asked.publicUrl}/orders/${number}`;
  const created = await payments.createCheckout({
    orderId,
    number,
    locale,
    lines,
    reliefCodes,
    expiresAt: payable.expiresAt,
    successUrl: `${page}/return?session_id={CHECKOUT_SESSION_ID}`,
    cancelUrl: page,
    idempotencyKey: keyOf(orderId, payable, asked.publicUrl),
  });
  if (!created.ok) return created;
  const { rows: kept } = await sql<{ status: OrderStatus }>`
    update orders set checkout_session_id = ${created.checkout.id},
      checkout_url = ${created.checkout.url}
    where id = ${orderId} and status = 'pending-payment' and closed_pages = ${payable.closedPages}
      and coalesce(checkout_session_id, ${created.checkout.id}) = ${created.checkout.id}
    returning status`.execute(db);
  if (kept.length === 1) return { ok: true, url: created.checkout.url };
  // Cancelled or expired while Stripe was asked: nobody must pay for it.
  await payments.expireCheckout(created.checkout.id);
  const closed = await preparePayment(db, orderId, now);
  return typeof closed === "string"
    ? { ok: false, reason: "order-not-payable", status: closed }
    : { ok: true, url: closed.url ?? page };
}
