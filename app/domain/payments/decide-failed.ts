import { type Transaction as DbTransaction, type Kysely, sql } from "kysely";
import { validate as isUuid } from "uuid";
import type { OperatorScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { noteAct } from "../audit/note-act.ts";
import { type LockedOrder, lockOrder } from "../orders/lock-order.ts";
import { IS_UNDECIDED, WAS_UNHEARD } from "./failed-by-hand.ts";
import type { FailedDecision } from "./failed-decision.ts";
import { takeMoneyBack } from "./keep-refund.ts";
import { planRefund } from "./plan-refund.ts";
import { readLeft, readRefundable } from "./read-left.ts";
import { PROMISED_TO_NOBODY } from "./refund-reasons.ts";
import { writeParts } from "./request-refund.ts";
import { isOwed } from "./take-owed.ts";
import { tellFailed } from "./tell-refund.ts";

export type Decided =
  | { ok: true; isNew: boolean }
  | { ok: false; reason: "not-found" }
  /** So much is neither with the buyer, nor on its way, nor owed to her already. */
  | { ok: false; reason: "more-than-left"; leftFen: number };

type Failed = { id: string; payment_id: string; order_id: string; fen: number; isOpen: boolean };

async function readFailed(trx: DbTransaction<DB>, id: string): Promise<Failed | null> {
  const { rows } = await sql<Failed>`
    select r.id, r.payment_id, r.order_id, r.fen, ${IS_UNDECIDED} as "isOpen" from refunds r
    where r.id = ${id} and ${WAS_UNHEARD}`.execute(trx);
  return rows[0] ?? null;
}

/** Who sold gives for it as for what is given by hand: produce first, then freight; what is owed stays owed. */
async function promise(
  trx: DbTransaction<DB>,
  order: LockedOrder | null,
  failed: Failed,
  now: Date,
) {
  const left = await readLeft(trx, failed.order_id, null);
  const sum = (parts: typeof left) => parts.reduce((all, { fen }) => all + fen, 0);
  const free = left.filter((part) => !isOwed(part));
  const notOwed = (await readRefundable(trx, failed.order_id)) - sum(left.filter(isOwed));
  const leftFen = Math.max(0, Math.min(sum(free), notOwed));
  if (failed.fen > leftFen) return { ok: false, reason: "more-than-left", leftFen } as const;
  const plan = planRefund(free, { kind: "given", fen: failed.fen }, leftFen);
  if (!plan.ok) throw new Error(`${failed.fen} of ${leftFen} is ${plan.reason}`);
  await writeParts(trx, failed.id, plan.parts);
  await trx.updateTable("refunds").set({ told_at: now }).where("id", "=", failed.id).execute();
  await takeMoneyBack(trx, order, failed, now);
  await tellFailed(trx, failed.id);
  return null;
}

/**
 * The operator says what a refund was to be that somebody gave by hand and that failed before the books
 * heard of it (note-failed.ts). `keep`: it was meant for the buyer, so it is owed to her from now on as
 * any refund that failed (owe-promise.ts), beside what is owed already; she is told that it did not
 * arrive. `leave`: it was a mistake, or she has the money otherwise; nothing moves, and it leaves the
 * list. The audit log says who decided. Once: a second time changes nothing (`isNew: false`).
 *
 * Fails with `not-found`, or `more-than-left` when her order has not so much left to owe: then it can
 * only be left. In whole fen. Locks the order's row. Rules 2 and 3 of the product.
 */
export async function decideFailed(
  db: Kysely<DB>,
  operator: OperatorScope,
  asked: { refundId: string; decision: FailedDecision; now?: Date },
): Promise<Decided> {
  const { refundId, decision, now = new Date() } = asked;
  if (!isUuid(refundId)) return { ok: false, reason: "not-found" };
  return db.transaction().execute(async (trx): Promise<Decided> => {
    const found = await readFailed(trx, refundId);
    if (!found) return { ok: false, reason: "not-found" };
    const order = await lockOrder(trx, found.order_id);
    // Somebody else may have decided while the order was locked.
    const failed = await readFailed(trx, refundId);
    if (!failed?.isOpen) return { ok: true, isNew: false };
    const refused = decision === "keep" ? await promise(trx, order, failed, now) : null;
    if (refused) return refused;
    if (decision === "leave") {
      const left = { failure: PROMISED_TO_NOBODY, updated_at: now };
      await trx.updateTable("refunds").set(left).where("id", "=", refundId).execute();
    }
    await noteAct(trx, {
      actor: operator.userId,
      action: decision === "keep" ? "refund.promised" : "refund.promised-to-nobody",
      ...{ subject: { type: "refund", id: refundId }, after: { fen: failed.fen } },
    });
    return { ok: true, isNew: true };
  });
}
