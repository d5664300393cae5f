import { type Transaction as DbTransaction, type Kysely, sql } from "kysely";
import { validate as isUuid } from "uuid";
import type { OperatorScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { noteAct } from "../audit/note-act.ts";
import { lockOrder } from "../orders/lock-order.ts";
import { takeMoneyBack } from "./keep-refund.ts";
import { tellTakenBack } from "./tell-refund.ts";
import type { TransferFault } from "./transfer-rule.ts";

type Booked = { id: string; payment_id: string; order_id: string; status: string; fen: number };

async function findTransfer(trx: DbTransaction<DB>, refundId: string): Promise<Booked | null> {
  if (!isUuid(refundId)) return null;
  const { rows } = await sql<Booked>`
    select id, payment_id, order_id, status, fen from refunds
    where id = ${refundId} and bank_reference is not null`.execute(trx);
  return rows[0] ?? null;
}

/**
 * Takes a bank transfer back that was booked: by mistake, or the bank has returned it. What had been
 * posted is reversed by its opposite, never edited; what it gave back is owed again, her order and
 * its payment stand as they did before it, she is told, and the right transfer may be booked, also
 * under the same reference. The audit log says who took it back and why. Once: a second time changes
 * nothing and says so (`isNew: false`), whatever the reason.
 *
 * Fails with "not-found" when it is no transfer. Locks the order's row. Rules 2, 3 and 4 of the product.
 */
export async function takeBackTransfer(
  db: Kysely<DB>,
  operator: OperatorScope,
  { refundId, fault, now = new Date() }: { refundId: string; fault: TransferFault; now?: Date },
): Promise<{ ok: true; isNew: boolean } | { ok: false; reason: "not-found" }> {
  return db.transaction().execute(async (trx) => {
    const found = await findTransfer(trx, refundId);
    if (!found) return { ok: false, reason: "not-found" };
    const order = await lockOrder(trx, found.order_id);
    const taken = await trx
      .updateTable("refunds")
      .set({ status: "failed", failure: fault, updated_at: now })
      .where("id", "=", refundId)
      .where("status", "=", "succeeded")
      .returning(["id", "payment_id"])
      .executeTakeFirst();
    if (!taken) return { ok: true, isNew: false };
    await takeMoneyBack(trx, order, taken, now);
    await tellTakenBack(trx, refundId, fault);
    await noteAct(trx, {
      ...{ actor: operator.userId, action: "refund.transfer-taken-back" },
      ...{ subject: { type: "refund", id: refundId }, after: { fen: found.fen, fault } },
    });
    return { ok: true, isNew: true };
  });
}
