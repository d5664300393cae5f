import { type Kysely, sql, type Transaction } from "kysely";
import { type LedgerEntry, type Posting, postTransaction } from "#app/domain/ledger/post.ts";
import { isMadeUp, MADE_UP, takenOverKey } from "#app/domain/payments/made-up.ts";
import { opposite, readPostings } from "#app/domain/payments/post-refund.ts";
import type { DB } from "#db/schema.d.ts";

type Payment = {
  id: string;
  orderId: string;
  fen: number;
  refunds: { id: string; fen: number }[];
  disputeId: string | null;
};

const A_BATCH = 100;

/** Fen that stood on the made-up account: from now on Stripe's clearing account has them. */
const toClearing = (fen: number): Posting[] => [
  { account: "stripe:clearing", fen },
  { account: MADE_UP, fen: -fen },
];

/** Whether it was new. */
async function post(trx: Transaction<DB>, entry: LedgerEntry): Promise<boolean> {
  const posted = await postTransaction(trx, entry);
  if (!posted.ok) throw new Error(`${entry.idempotencyKey} is ${posted.reason}`);
  return posted.isNew;
}

async function move(trx: Transaction<DB>, payment: Payment, occurredAt: Date): Promise<void> {
  const { id, orderId, fen, refunds, disputeId } = payment;
  await post(trx, {
    ...{ kind: "sale", causeType: "order", causeId: orderId, occurredAt },
    idempotencyKey: takenOverKey(id),
    postings: toClearing(fen),
  });
  for (const refund of refunds) {
    const back = {
      ...({ kind: "refund", causeType: "refund", causeId: refund.id, occurredAt } as const),
      postings: toClearing(-refund.fen),
    };
    // An older seed posted its refunds under keys of its own: those get the right one now.
    const isOld = await post(trx, { ...back, idempotencyKey: `refund:${refund.id}` });
    if (!isOld) await post(trx, { ...back, idempotencyKey: takenOverKey(refund.id) });
  }
  const withdrawn = disputeId && (await readPostings(trx, `dispute:${orderId}`));
  if (!withdrawn) return;
  await post(trx, {
    ...{ kind: "reversal", causeType: "dispute", causeId: disputeId, occurredAt },
    idempotencyKey: takenOverKey(disputeId),
    reversesId: withdrawn.id,
    postings: opposite(withdrawn.postings),
  });
}

/**
 * Books that a Stripe has taken the seed's payments over, each once: what it holds of them moves
 * from the made-up account to its clearing account, so that the two can be compared line by line
 * as with any payment. A dispute's withdrawal is only taken back: that Stripe tells of it by its
 * webhook, and it is posted as any. Answers how many were new.
 */
export async function bookTakenOver(db: Kysely<DB>): Promise<number> {
  for (let booked = 0; ; ) {
    const batch = await db.transaction().execute(async (trx) => {
      const { rows } = await sql<Payment>`
        select y.id, y.order_id as "orderId", y.fen,
          (select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'fen', f.fen) order by f.id), '[]')
            from refunds f where f.payment_id = y.id
              and f.stripe_refund_id like 're\\_seed\\_%') as refunds,
          (select d.id from disputes d where d.payment_id = y.id
            and d.stripe_dispute_id like 'du\\_seed\\_%') as "disputeId"
        from payments y where ${isMadeUp(sql`y`)} order by y.id limit ${A_BATCH}`.execute(trx);
      const now = new Date();
      for (const payment of rows) await move(trx, payment, now);
      return rows.length;
    });
    booked += batch;
    if (batch < A_BATCH) return booked;
  }
}
