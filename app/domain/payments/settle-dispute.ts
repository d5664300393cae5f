import type { Transaction as DbTransaction, Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { Dispute, PaymentGateway } from "#app/gateways/payments.ts";
import type { DB } from "#db/schema.d.ts";
import { lockOrder } from "../orders/lock-order.ts";
import { nextOrderStatus, type OrderEvent, type OrderStatus } from "../orders/order-states.ts";
import { deriveOrderStatus } from "../parcels/order-progress-rule.ts";
import { isStatus } from "../parcels/parcel-states.ts";
import { keepUnshipped } from "./keep-unshipped.ts";
import { type PaymentStanding, updatePaymentStanding } from "./payment-standing.ts";
import { postDispute } from "./post-dispute.ts";

export type SettledDispute =
  | { ok: true; outcome: "open" | "won" | "lost" | "not-ours" }
  | { ok: false; reason: "payments-unavailable" | "unknown-dispute" | "unknown-payment" };

type Verdict = "open" | "won" | "lost";

/** A warning closed has taken nothing; a status that Stripe may add some day is not decided. */
function verdictOf(status: string): Verdict {
  if (status === "lost") return "lost";
  return status === "won" || status === "warning_closed" ? "won" : "open";
}

/** Writes the dispute as Stripe has it; says how it stood before, null when it is new to us. */
async function keepDispute(
  trx: DbTransaction<DB>,
  paymentId: string,
  dispute: Dispute,
): Promise<{ id: string; before: Verdict | null }> {
  const known = await trx
    .selectFrom("disputes")
    .select(["id", "status"])
    .where("stripe_dispute_id", "=", dispute.id)
    .executeTakeFirst();
  const { status, fen, reason, dueAt } = dispute;
  const said = { status, fen, reason, due_at: dueAt };
  if (known) {
    await trx
      .updateTable("disputes")
      .set({ ...said, updated_at: new Date() })
      .where("id", "=", known.id)
      .execute();
    return { id: known.id, before: verdictOf(known.status) };
  }
  const id = uuidv7();
  await trx
    .insertInto("disputes")
    .values({ ...said, id, payment_id: paymentId, stripe_dispute_id: dispute.id })
    .execute();
  return { id, before: null };
}

/** The order after the dispute, by its table; a won one takes up again where its parcels are. */
async function moveOrder(
  trx: DbTransaction<DB>,
  order: { id: string; status: OrderStatus },
  events: OrderEvent[],
  payment: PaymentStanding["status"],
): Promise<void> {
  let status = order.status;
  for (const event of events) status = nextOrderStatus(status, event) ?? status;
  if (events.includes("dispute-won") && status === "paid") {
    const parcels = await trx
      .selectFrom("parcels")
      .select("status")
      .where("order_id", "=", order.id)
      .execute();
    status = deriveOrderStatus(
      status,
      parcels.map((parcel) => parcel.status).filter((each) => isStatus(each)),
    );
    if (payment === "refunded") status = nextOrderStatus(status, "fully-refunded") ?? status;
    if (payment === "partly-refunded") status = nextOrderStatus(status, payment) ?? status;
  }
  if (status === order.status) return;
  await trx
    .updateTable("orders")
    .set({ status, updated_at: new Date() })
    .where("id", "=", order.id)
    .execute();
}

/**
 * Asks Stripe how a dispute stands and brings the books and the order to it: the money that the
 * bank took is posted as withdrawn and, when it comes back, as reinstated, movement by movement
 * under Stripe's own ids; the order is `disputed` meanwhile, and no parcel of it goes on. Won, the
 * order stands where its parcels are; lost, it is refunded and the loss is the market's: a bank's
 * verdict takes nothing from a household; what had not been shipped by then stays with the
 * cooperative and is on sale again. Any order of events comes to the same.
 *
 * Fails with `payments-unavailable`, `unknown-dispute` or `unknown-payment` (ours, but not settled
 * yet: try again). Stripe is asked first; then the order's row is locked, and for a lost one its parcels and lots.
 * https://docs.stripe.com/disputes/how-disputes-work
 */
export async function settleDispute(
  db: Kysely<DB>,
  payments: PaymentGateway,
  { disputeId }: { disputeId: string },
): Promise<SettledDispute> {
  const found = await payments.retrieveDispute(disputeId);
  if (!found.ok) return found;
  const { dispute } = found;
  const payment = await db
    .selectFrom("payments")
    .select(["id", "order_id"])
    .where("payment_intent_id", "=", dispute.paymentIntentId ?? "")
    .executeTakeFirst();
  if (!payment) {
    return dispute.orderId
      ? { ok: false, reason: "unknown-payment" }
      : { ok: true, outcome: "not-ours" };
  }
  const verdict = verdictOf(dispute.status);
  await db.transaction().execute(async (trx) => {
    const order = await lockOrder(trx, payment.order_id);
    if (!order) throw new Error(`order ${payment.order_id} is gone`);
    const { id, before } = await keepDispute(trx, payment.id, dispute);
    const standing = await updatePaymentStanding(trx, payment.id);
    await postDispute(trx, { ...dispute, id }, { isLost: verdict === "lost", ...standing });
    const events: OrderEvent[] = before === null ? ["dispute-opened"] : [];
    const isDecided = verdict !== "open" && (before === null || before === "open");
    if (isDecided && verdict === "lost") events.push("dispute-lost");
    // Of several on one payment each must be won before the parcels go on.
    if (isDecided && verdict === "won" && standing.status !== "disputed")
      events.push("dispute-won");
    if (!standing.isSale) return;
    await moveOrder(trx, order, events, standing.status);
    if (events.includes("dispute-lost")) await keepUnshipped(trx, order.id, new Date());
  });
  return { ok: true, outcome: verdict };
}
