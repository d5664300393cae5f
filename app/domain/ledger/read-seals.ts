import { type Kysely, type RawBuilder, sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";
import type { SealHead } from "./canonical.ts";
import { instant } from "./read-transactions.ts";

export type Seal = SealHead & { chainedRoot: string };

async function readWhere(
  db: Kysely<DB> | Transaction<DB>,
  rest: RawBuilder<unknown>,
): Promise<Seal[]> {
  const { rows } = await sql<Seal>`
    select id, seq, first_seq as "firstSeq", last_seq as "lastSeq",
      transaction_count as "transactionCount", encode(merkle_root, 'hex') as "merkleRoot",
      encode(previous_root, 'hex') as "previousRoot", ${instant(sql`created_at`)} as "sealedAt",
      encode(chained_root, 'hex') as "chainedRoot"
    from ledger_seals ${rest}`.execute(db);
  return rows;
}

/** The newest seals, at most `limit`, newest first. Locks nothing. */
export function readNewestSeals(db: Kysely<DB> | Transaction<DB>, limit: number): Promise<Seal[]> {
  return readWhere(db, sql`order by seq desc limit ${limit}`);
}

/** The seals after the one numbered `seq`, at most `limit`, oldest first. Locks nothing. */
export function readSealsAfter(
  db: Kysely<DB> | Transaction<DB>,
  seq: number,
  limit: number,
): Promise<Seal[]> {
  return readWhere(db, sql`where seq > ${seq} order by seq limit ${limit}`);
}

/** The seal that covers the transaction with this seq; null when none does yet. Locks nothing. */
export async function readSealOver(
  db: Kysely<DB> | Transaction<DB>,
  transactionSeq: number,
): Promise<Seal | null> {
  const [seal] = await readWhere(
    db,
    sql`where last_seq >= ${transactionSeq} and first_seq <= ${transactionSeq} limit 1`,
  );
  return seal ?? null;
}

/** The seal with this chained root (64 hexadecimal digits); null when there is none. */
export async function readSealByRoot(db: Kysely<DB>, chainedRoot: string): Promise<Seal | null> {
  const [seal] = await readWhere(db, sql`where chained_root = decode(${chainedRoot}, 'hex')`);
  return seal ?? null;
}
