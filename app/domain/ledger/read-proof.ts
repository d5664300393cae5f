import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { isOrderNumber } from "../orders/order-number.ts";
import { ownsOrder } from "../orders/read-basket.ts";
import type { BuyerScope } from "../scopes.ts";
import { makeProof, type Proof } from "./proof.ts";
import { readSealOver } from "./read-seals.ts";
import { readTransactions } from "./read-transactions.ts";

type Sale = { id: string; seq: number };

async function readSale(
  db: Kysely<DB>,
  buyer: BuyerScope,
  number: string,
): Promise<{ sale: Sale | null } | null> {
  if (!isOrderNumber(number)) return null;
  const { rows } = await sql<{ id: string | null; seq: number }>`
    select t.id, t.seq from orders
    left join ledger_transactions t on t.idempotency_key = 'sale:' || orders.id
    where orders.number = ${number} and ${ownsOrder(buyer)}`.execute(db);
  const [row] = rows;
  if (!row) return null;
  return { sale: row.id === null ? null : { id: row.id, seq: row.seq } };
}

/**
 * Whether the sale of the buyer's own order is sealed: when, or null for a sale that will be.
 * Fails with `order-not-found` (also for another buyer's number) and `not-posted` (nothing was
 * paid). Two round trips, locks nothing.
 */
export async function readSaleSeal(
  db: Kysely<DB>,
  buyer: BuyerScope,
  number: string,
): Promise<
  { ok: true; sealedAt: string | null } | { ok: false; reason: "order-not-found" | "not-posted" }
> {
  const found = await readSale(db, buyer, number);
  if (!found) return { ok: false, reason: "order-not-found" };
  if (!found.sale) return { ok: false, reason: "not-posted" };
  const seal = await readSealOver(db, found.sale.seq);
  return { ok: true, sealedAt: seal?.sealedAt ?? null };
}

/**
 * The proof that the sale of the buyer's own order is sealed. Fails with `order-not-found` (also for
 * another buyer's number), `not-posted` (nothing was paid) and `not-sealed-yet`. Reads the at most
 * 1,024 transactions of one seal, locks nothing. Throws when they are not what was sealed.
 */
export async function readSaleProof(
  db: Kysely<DB>,
  buyer: BuyerScope,
  number: string,
): Promise<
  | { ok: true; proof: Proof }
  | { ok: false; reason: "order-not-found" | "not-posted" | "not-sealed-yet" }
> {
  const found = await readSale(db, buyer, number);
  if (!found) return { ok: false, reason: "order-not-found" };
  if (!found.sale) return { ok: false, reason: "not-posted" };
  const seal = await readSealOver(db, found.sale.seq);
  if (!seal) return { ok: false, reason: "not-sealed-yet" };
  const transactions = await readTransactions(db, {
    after: seal.firstSeq - 1,
    upTo: seal.lastSeq,
    limit: seal.transactionCount + 1,
  });
  return { ok: true, proof: makeProof(seal, transactions, found.sale.id) };
}
