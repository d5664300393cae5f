import type { Transaction as DbTransaction, Kysely } from "kysely";
import type { Refund } from "#app/gateways/payments.ts";
import type { DB } from "#db/schema.d.ts";
import { type LockedOrder, lockOrder } from "../orders/lock-order.ts";
import { nextOrderStatus } from "../orders/order-states.ts";
import { bearLoss } from "./bear-loss.ts";
import { lookAtStripe } from "./look-at-stripe.ts";
import { oweBuyer } from "./owe-buyer.ts";
import { owePromise } from "./owe-promise.ts";
import { updatePaymentStanding } from "./payment-standing.ts";
import { postLosses } from "./post-losses.ts";
import { postRefund, reverseRefund } from "./post-refund.ts";
import { recountGiven } from "./recount-given.ts";
import { restoredStatus } from "./restored-status.ts";
import { standAgain } from "./stand-again.ts";
import { isStillLeft } from "./still-left.ts";
import { tellFailed, tellRefund } from "./tell-refund.ts";

type Answer = Pick<Refund, "status"> & Partial<Pick<Refund, "failure">> & { id: string | null };
type Moved = "money-went" | "money-came-back";

/**
 * The order after money of its payment has moved, by its table, who bears a lost dispute, and what
 * is owed to the buyer of parcels called off; of a payment put aside only who bears a lost dispute.
 */
async function moveOrder(
  trx: DbTransaction<DB>,
  order: LockedOrder | null,
  paymentId: string,
  moved: Moved,
  now: Date,
): Promise<void> {
  const standing = await updatePaymentStanding(trx, paymentId);
  const { status: payment, isSale } = standing;
  if (!isSale) {
    await recountGiven(trx, paymentId, now);
    return postLosses(trx, paymentId, null);
  }
  if (!order) return;
  const gone = payment === "refunded" ? "fully-refunded" : "partly-refunded";
  let status = nextOrderStatus(order.status, moved === "money-went" ? gone : "refund-failed");
  if (status && moved === "money-came-back") {
    status = await restoredStatus(trx, { id: order.id, status }, payment);
  }
  if (status && status !== order.status) {
    await trx
      .updateTable("orders")
      .set({ status, updated_at: now })
      .where("id", "=", order.id)
      .execute();
  }
  await bearLoss(trx, order.id, standing, now);
  await recountGiven(trx, paymentId, now);
  await oweBuyer(trx, order.id, now);
}

/**
 * Posts a refund whose money has left us, at Stripe or at the market's bank, moves its order and
 * tells the buyer. The caller holds the order's row and has written the refund.
 */
export async function giveMoney(
  trx: DbTransaction<DB>,
  order: LockedOrder | null,
  refund: Parameters<typeof postRefund>[1],
  { now, occurredAt = now }: { now: Date; occurredAt?: Date },
): Promise<void> {
  await postRefund(trx, refund, occurredAt);
  await moveOrder(trx, order, refund.payment_id, "money-went", now);
  await tellRefund(trx, refund.id);
}

/**
 * Takes back what was posted of a refund whose money has not reached the buyer, keeps for her what it
 * had promised (owe-promise.ts), and puts the order back where it stands without it. The caller holds the order's row and has written that it failed.
 */
export async function takeMoneyBack(
  trx: DbTransaction<DB>,
  order: LockedOrder | null,
  refund: { id: string; payment_id: string },
  now: Date,
): Promise<void> {
  await reverseRefund(trx, refund.id, now);
  await owePromise(trx, refund.id, now);
  await moveOrder(trx, order, refund.payment_id, "money-came-back", now);
}

const LOOK_AGAIN_MS = 60 * 60_000;

/** A bank may take days: what its webhook will tell is asked for once an hour, not each minute. */
async function lookLater(trx: DbTransaction<DB>, id: string, now: Date): Promise<void> {
  await trx
    .updateTable("refunds")
    .set({ try_again_at: new Date(now.getTime() + LOOK_AGAIN_MS) })
    .where("id", "=", id)
    .execute();
}

/**
 * Writes what Stripe says of a refund, with the postings and the order's state that belong to it.
 * `pending` and `succeeded` mean that the money has left our balance: it is posted, once. `failed`
 * posts nothing, or reverses what was posted and puts the order back where it stands without it:
 * it was promised to the buyer and is owed to her until something is given in its stead
 * (owe-promise.ts), she is told if she had been told of it, and what Stripe refused (no `id`) is
 * looked up there. With all of the money gone nothing more is sent. A second time changes nothing, and what has failed at
 * Stripe has failed. What only we hold for failed, Stripe may know better: of a payment put aside it
 * counts after all while so much is left, and so it does when we took a bank to have given it
 * (stand-again.ts); of a sale, or else, it is `superseded` (nothing is changed):
 * what Stripe gave is written down as given in its stead.
 * Locks the order's row.
 */
export async function keepRefund(
  db: Kysely<DB>,
  refund: { id: string; orderId: string },
  answer: Answer,
  now: Date = new Date(),
): Promise<"kept" | "superseded"> {
  return db.transaction().execute(async (trx) => {
    const order = await lockOrder(trx, refund.orderId);
    const current = await trx
      .selectFrom("refunds")
      .select(["id", "payment_id", "order_id", "status", "fen"])
      .select(["stripe_refund_id", "bank_reference"])
      .where("id", "=", refund.id)
      .executeTakeFirstOrThrow();
    if (current.status === answer.status) {
      if (answer.status === "pending") await lookLater(trx, current.id, now);
      return "kept";
    }
    if (current.status === "failed") {
      if (current.stripe_refund_id !== null) return "kept";
      const isGiven = (await isStillLeft(trx, current)) || (await standAgain(trx, current, now));
      if (!isGiven) return "superseded";
    }
    // Events may come in any order: what has succeeded is not pending again.
    if (current.status === "succeeded" && answer.status === "pending") return "kept";
    await trx
      .updateTable("refunds")
      .set({
        status: answer.status,
        stripe_refund_id: answer.id ?? current.stripe_refund_id,
        failure: answer.failure ?? null,
        updated_at: now,
      })
      .where("id", "=", current.id)
      .execute();
    if (answer.status === "failed") {
      if (answer.id === null) await lookAtStripe(trx, current.payment_id);
      await takeMoneyBack(trx, order, current, now);
      await tellFailed(trx, current.id);
    } else if (current.status === "requested" || current.status === "failed") {
      await giveMoney(trx, order, current, { now });
    }
    return "kept";
  });
}
