import { type Transaction as DbTransaction, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { postTransaction } from "../ledger/post.ts";
import { opposite, readPostings } from "./post-refund.ts";

/**
 * Takes back what coverLoss had posted for an order, each by its opposite with its tags: a bank
 * has changed its mind, and there is less to pay for. What still is lost is covered anew by the
 * caller, who holds the order's row. A second time finds nothing to do.
 */
export async function uncoverLoss(
  trx: DbTransaction<DB>,
  orderId: string,
  occurredAt: Date,
): Promise<void> {
  const { rows } = await sql<{ id: string; key: string; disputeId: string }>`
    select t.id, t.idempotency_key as key, t.cause_id as "disputeId" from ledger_transactions t
    where t.cause_type = 'dispute' and t.idempotency_key like 'dispute-returned:%'
      and t.cause_id in (select d.id from disputes d join payments p on p.id = d.payment_id
        where p.order_id = ${orderId})
      and not exists (select from ledger_transactions back where back.cause_type = 'dispute'
        and back.cause_id = t.cause_id and back.reverses_id = t.id)
    order by t.seq`.execute(trx);
  for (const { id, key, disputeId } of rows) {
    const posted = await postTransaction(trx, {
      kind: "reversal",
      causeType: "dispute",
      causeId: disputeId,
      reversesId: id,
      idempotencyKey: `reversal:${id}`,
      occurredAt,
      postings: opposite((await readPostings(trx, key))?.postings ?? []),
    });
    if (!posted.ok) throw new Error(`the reversal of ${key} is ${posted.reason}`);
  }
}
