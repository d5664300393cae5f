import type { Kysely, Transaction } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { postTransaction } from "#app/domain/ledger/post.ts";
import { bookMovements } from "#app/domain/reconcile/book-movements.ts";
import type { DB } from "#db/schema.d.ts";

/** Posts so many fen between two accounts, of no payment there is, inside the caller's transaction; returns its id. */
export async function postFen(trx: Transaction<DB>, fen = 100): Promise<string> {
  const posted = await postTransaction(trx, {
    kind: "suspense",
    causeType: "payment",
    causeId: uuidv7(),
    idempotencyKey: `suspense:${uuidv7()}`,
    occurredAt: new Date("2026-11-22T02:00:00Z"),
    postings: [
      { account: "stripe:clearing", fen },
      { account: "suspense:payments", fen: -fen },
    ],
  });
  if (!posted.ok) throw new Error(posted.reason);
  return posted.transactionId;
}

/** Posts so many transactions, one after the other; returns their ids. */
export async function postMany(db: Kysely<DB>, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let made = 0; made < count; made++) {
    ids.push(await db.transaction().execute((trx) => postFen(trx, 100 + made)));
  }
  return ids;
}

/** Posts so many transactions and commits them together. */
export async function postTogether(db: Kysely<DB>, count: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    for (let made = 0; made < count; made++) await postFen(trx, 100 + made);
  });
}

/** Takes down so many payouts of Stripe's to our bank, 100 fen and more, and posts them in this order. */
export async function bookPayouts(db: Kysely<DB>, count: number): Promise<void> {
  const at = new Date("2026-11-22T02:00:00Z");
  const lines = Array.from({ length: count }, (_, made) => ({
    ...{ id: uuidv7(), stripe_id: `txn_${uuidv7()}`, type: "payout", category: "payout" },
    ...{ fen: -100 - made, fee_fen: 0, currency: "cny", moved_at: at, available_at: at },
  }));
  await db.insertInto("stripe_movements").values(lines).execute();
  await bookMovements(db);
}
