import { type Kysely, sql, type Transaction } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { postTransaction } from "#app/domain/ledger/post.ts";
import { MADE_UP } from "#app/domain/payments/made-up.ts";
import { opposite, readPostings } from "#app/domain/payments/post-refund.ts";
import type { DB } from "#db/schema.d.ts";
import { bookTakenOver } from "#db/seed/take-over.ts";
import type { TestPayments } from "#tests/setup/payments.ts";
import { settleDisputed } from "./disputes.ts";

type Row = { id: string; fen: number; order_id: string };

/** Its payment is one of the seed's, as is its sale: no Stripe knows of them. */
async function makeMadeUp(trx: Transaction<DB>, orderId: string): Promise<Row> {
  await sql`set local session_replication_role = replica`.execute(trx);
  await sql`insert into ledger_accounts (id, code, kind) values (gen_random_uuid(), ${MADE_UP}, 'asset')
    on conflict do nothing`.execute(trx);
  await sql`update postings set account_id = (select id from ledger_accounts where code = ${MADE_UP})
    where fen > 0 and transaction_id =
      (select id from ledger_transactions where idempotency_key = ${`sale:${orderId}`})`.execute(
    trx,
  );
  const { rows } = await sql<Row>`
    update payments set payment_intent_id = 'pi_seed_' || id where order_id = ${orderId}
    returning id, fen, order_id`.execute(trx);
  await sql`set local session_replication_role = origin`.execute(trx);
  const [payment] = rows;
  if (!payment) throw new Error("it is not paid");
  return payment;
}

async function stand(trx: Transaction<DB>, { id, order_id }: Row, status: string) {
  await sql`update payments set status = ${status} where id = ${id}`.execute(trx);
  await sql`update orders set status = ${status} where id = ${order_id}`.execute(trx);
}

/** As the seed gives one back: whole, with no parts on record. */
async function giveBack(trx: Transaction<DB>, payment: Row): Promise<void> {
  const { id, order_id: orderId, fen } = payment;
  const refundId = uuidv7();
  await sql`insert into refunds (id, payment_id, order_id, stripe_refund_id, idempotency_key, status,
      reason, fen) values (${refundId}, ${id}, ${orderId}, ${`re_seed_${refundId}`},
      ${`seed-refund:${refundId}`}, 'succeeded', 'goods', ${fen})`.execute(trx);
  const sale = await readPostings(trx, `sale:${orderId}`);
  await postTransaction(trx, {
    ...{ kind: "refund", causeType: "refund", causeId: refundId, occurredAt: new Date() },
    ...{ idempotencyKey: `refund:${refundId}`, postings: opposite(sale?.postings ?? []) },
  });
  await stand(trx, payment, "refunded");
}

async function dispute(trx: Transaction<DB>, payment: Row): Promise<void> {
  const { id, order_id: orderId, fen } = payment;
  await sql`insert into disputes (id, payment_id, stripe_dispute_id, status, reason, fen)
    values (${uuidv7()}, ${id}, ${`du_seed_${orderId}`}, 'under_review', 'general', ${fen})`.execute(
    trx,
  );
  await postTransaction(trx, {
    ...{ kind: "dispute", causeType: "order", causeId: orderId, occurredAt: new Date() },
    ...{ idempotencyKey: `dispute:${orderId}` },
    postings: [
      { account: MADE_UP, fen: -fen },
      { account: "dispute:withdrawn", fen },
    ],
  });
  await stand(trx, payment, "disputed");
}

type Paid = { orderId: string; totalFen: number };

/**
 * Two paid orders become the seed's, one given back and one disputed; a sandbox takes them over,
 * and tells of the dispute.
 */
export async function takeOverSeeded(
  { db, payments }: { db: Kysely<DB>; payments: TestPayments },
  of: Record<"refunded" | "disputed", Paid>,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await giveBack(trx, await makeMadeUp(trx, of.refunded.orderId));
    await dispute(trx, await makeMadeUp(trx, of.disputed.orderId));
  });
  await bookTakenOver(db);
  const { orderId, totalFen } = of.disputed;
  const id = `du_seed_${orderId}`;
  await settleDisputed(db, payments, { orderId, fen: totalFen, status: "needs_response", id });
}
