import { type Kysely, sql } from "kysely";
import { validate as isUuid } from "uuid";
import type { DB } from "#db/schema.d.ts";
import { isOrderNumber } from "../orders/order-number.ts";
import type { BuyerScope } from "../scopes.ts";
import { orderCauses } from "./order-causes.ts";
import { makeProof, type Proof } from "./proof.ts";
import { readSealOver } from "./read-seals.ts";
import { readTransactions } from "./read-transactions.ts";

/** One of the order's transactions, or its sale where none is named. */
async function readEntry(
  db: Kysely<DB>,
  buyer: BuyerScope,
  { number, transactionId }: { number: string; transactionId: string | null },
): Promise<{ entry: { id: string; seq: number } | null } | null> {
  if (!isOrderNumber(number) || !(transactionId === null || isUuid(transactionId))) return null;
  const isAsked =
    transactionId === null
      ? sql`t.idempotency_key = 'sale:' || cause.order_id`
      : sql`t.id = ${transactionId}`;
  const { rows } = await sql<{ id: string | null; seq: number }>`
    select t.id, t.seq from ${orderCauses(buyer, number)} cause
    left join ledger_transactions t on t.cause_type = cause.cause_type
      and t.cause_id = cause.cause_id and ${isAsked}
    order by t.id nulls last limit 1`.execute(db);
  const [row] = rows;
  if (!row) return null;
  return { entry: row.id === null ? null : { id: row.id, seq: row.seq } };
}

/**
 * The proof that a transaction of the buyer's own order is sealed: its sale, or with `transactionId`
 * the one that a refund, a claim or a dispute of it was posted as. Fails with `order-not-found` (also
 * for another buyer's number), `not-posted` (nothing was paid, or it is not of this order) and
 * `not-sealed-yet`, and `seal-broken`: an entry of the same seal, this one or another, is not what was
 * sealed. Reads the at most 1,024 transactions of one seal, locks nothing.
 */
export async function readOrderProof(
  db: Kysely<DB>,
  buyer: BuyerScope,
  asked: { number: string; transactionId: string | null },
): Promise<
  | { ok: true; proof: Proof }
  | { ok: false; reason: "order-not-found" | "not-posted" | "not-sealed-yet" | "seal-broken" }
> {
  const found = await readEntry(db, buyer, asked);
  if (!found) return { ok: false, reason: "order-not-found" };
  if (!found.entry) return { ok: false, reason: "not-posted" };
  const seal = await readSealOver(db, found.entry.seq);
  if (!seal) return { ok: false, reason: "not-sealed-yet" };
  const transactions = await readTransactions(db, {
    after: seal.firstSeq - 1,
    upTo: seal.lastSeq,
    limit: seal.transactionCount + 1,
  });
  const proof = makeProof(seal, transactions, found.entry.id);
  return proof ? { ok: true, proof } : { ok: false, reason: "seal-broken" };
}
