import { type Kysely, sql } from "kysely";
import type { PaymentGateway } from "#app/gateways/payments.ts";
import type { DB } from "#db/schema.d.ts";
import { keepRefund } from "./keep-refund.ts";
import { lookBeforeSending } from "./look-before-sending.ts";
import { isFinalRefusal, isWorthTelling } from "./refusal-rule.ts";
import { refuseRefund } from "./refuse-refund.ts";
import { tellKept } from "./tell-refund.ts";

export type Refunded =
  | {
      ok: true;
      /** `requested`: Stripe refused it for now, and is asked again later. */
      status: "requested" | "pending" | "succeeded" | "failed";
      stripeRefundId: string | null;
    }
  | { ok: false; reason: "payments-unavailable" | "refund-not-found" };

type Asked = {
  id: string;
  order_id: string;
  payment_id: string;
  status: string;
  fen: number;
  reason: string;
  number: string;
  idempotency_key: string;
  refusals: number;
  stripe_refund_id: string | null;
  bank_reference: string | null;
  dispute_id: string | null;
  payment_intent_id: string;
  charge_id: string | null;
  /** A dispute of its payment was lost, and none is open. */
  isLost: boolean;
};

function readRefund(db: Kysely<DB>, refundId: string): Promise<Asked | undefined> {
  return db
    .selectFrom("refunds")
    .innerJoin("payments", "payments.id", "refunds.payment_id")
    .innerJoin("orders", "orders.id", "refunds.order_id")
    .select([
      "refunds.id",
      "refunds.order_id",
      "refunds.payment_id",
      "refunds.status",
      "refunds.fen",
      "refunds.reason",
      "refunds.idempotency_key",
      "refunds.refusals",
      "refunds.stripe_refund_id",
      "refunds.bank_reference",
      "refunds.dispute_id",
      "orders.number",
      "payments.payment_intent_id",
      "payments.charge_id",
      sql<boolean>`payments.status <> 'disputed' and exists (select from disputes d
        where d.payment_id = payments.id and d.status = 'lost')`.as("isLost"),
    ])
    .where("refunds.id", "=", refundId)
    .executeTakeFirst();
}

/**
 * Writes down that Stripe is asked from now on; false when there is nothing to ask any more, or
 * somebody else has just been refused: what was given by hand meanwhile stands for it.
 */
async function beginAsking(db: Kysely<DB>, { id, refusals }: Asked, now: Date): Promise<boolean> {
  const begun = await db
    .updateTable("refunds")
    .set({ asking_at: now })
    .where("id", "=", id)
    .where("status", "=", "requested")
    .where("stripe_refund_id", "is", null)
    .where("refusals", "=", refusals)
    .returning("id")
    .executeTakeFirst();
  return begun !== undefined;
}

type Sent = Awaited<ReturnType<PaymentGateway["refund"]>> | { ok: false; reason: "changed" };

/**
 * Sends a refund, unless Stripe has it already: it may have been sent before, its answer lost, and
 * Stripe forgets a key after a day. A refusal is remembered under its key, and so is an error of
 * Stripe's own, so the next try has another one; whether the last has brought a refund after all is
 * what is asked first. What somebody gave by hand meanwhile and what banks have decided is written down
 * before anything is sent, as it may be this very money: then the answer is `changed`.
 */
async function send(
  db: Kysely<DB>,
  payments: PaymentGateway,
  asked: Asked,
  { now, isSettled }: { now: Date; isSettled: boolean },
): Promise<Sent> {
  const paymentIntentId = asked.payment_intent_id;
  const listed = await payments.listRefunds({ paymentIntentId });
  if (!listed.ok) return listed;
  const ours = listed.refunds.find(({ ourRefundId }) => ourRefundId === asked.id);
  if (ours) return { ok: true, refund: ours };
  const { charge_id: chargeId } = asked;
  if (!isSettled && chargeId) {
    const of = { paymentId: asked.payment_id, chargeId, given: listed.refunds };
    const looked = await lookBeforeSending(db, payments, of);
    if (!looked.ok) return looked;
    if (looked.isNews) return { ok: false, reason: "changed" };
  }
  if (!(await beginAsking(db, asked, now))) return { ok: false, reason: "changed" };
  const { idempotency_key: key, refusals } = asked;
  return payments.refund({
    paymentIntentId,
    fen: asked.fen,
    idempotencyKey: refusals === 0 ? key : `${key}:${refusals}`,
    metadata: { order_number: asked.number, refund_id: asked.id, reason: asked.reason },
  });
}

/**
 * Carries out a requested refund at Stripe, once however often its answer is lost, and posts it as
 * soon as Stripe has taken the money out of our balance (`pending` or `succeeded`). Refused for now
 * (see refusal-rule.ts) it stays `requested`; refused for some hours, the buyer of a payment without
 * an order is told that it is kept for her. Run again it asks Stripe how the refund stands; a
 * refund that the bank sent back (`failed`) is reversed in the ledger and left to the operator.
 *
 * Fails with `payments-unavailable` (try again) or `refund-not-found`. Locks the order's row, after
 * Stripe was asked. https://docs.stripe.com/refunds
 */
export async function refundPayment(
  db: Kysely<DB>,
  payments: PaymentGateway,
  { refundId, now = new Date() }: { refundId: string; now?: Date },
): Promise<Refunded> {
  const tried = await tryOnce(db, payments, { refundId, now, isSettled: false });
  if (tried !== "changed") return tried;
  const again = await tryOnce(db, payments, { refundId, now, isSettled: true });
  // Somebody else carries it out: as it stands, it is asked for again when it is due.
  return again === "changed" ? { ok: true, status: "requested", stripeRefundId: null } : again;
}

async function tryOnce(
  db: Kysely<DB>,
  payments: PaymentGateway,
  { refundId, now, isSettled }: { refundId: string; now: Date; isSettled: boolean },
): Promise<Refunded | "changed"> {
  const asked = await readRefund(db, refundId);
  if (!asked) return { ok: false, reason: "refund-not-found" };
  if (asked.status === "failed")
    return { ok: true, status: "failed", stripeRefundId: asked.stripe_refund_id };
  // Paid by bank transfer, or given by a bank: there is nothing that Stripe could do.
  if (asked.bank_reference !== null || asked.dispute_id !== null)
    return { ok: true, status: "succeeded", stripeRefundId: null };
  const answer = asked.stripe_refund_id
    ? await payments.retrieveRefund(asked.stripe_refund_id)
    : await send(db, payments, asked, { now, isSettled });
  if (!answer.ok && answer.reason === "payments-unavailable") return answer;
  if (!answer.ok && answer.reason === "changed") return "changed";
  if (!answer.ok && !isFinalRefusal(answer.code, asked)) {
    await refuseRefund(db, asked, answer.code, now);
    if (isWorthTelling(answer.code, asked.refusals + 1)) {
      await db.transaction().execute((trx) => tellKept(trx, asked.id));
    }
    return { ok: true, status: "requested", stripeRefundId: null };
  }
  const refund = answer.ok
    ? answer.refund
    : { id: null, status: "failed" as const, failure: answer.code };
  await keepRefund(db, { id: asked.id, orderId: asked.order_id }, refund, now);
  return { ok: true, status: refund.status, stripeRefundId: refund.id };
}
