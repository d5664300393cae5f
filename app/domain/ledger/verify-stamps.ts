import { type Transaction as DbTransaction, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import type { SealedTransaction } from "./canonical.ts";
import type { Seal } from "./read-seals.ts";
import { instant } from "./read-transactions.ts";

export type StampDifference =
  | { kind: "stamp-differs"; transactionId: string }
  | { kind: "seal-stamp-differs"; sealSeq: number };

/** A server's clock that is set right steps back by less. */
const CLOCK_STEP_MS = 60_000;
/**
 * A stamp is the moment at which its database transaction began, a seq is drawn later, and a seal
 * waits only for those who have drawn one: of a transaction that began this long before the seal
 * before its own nothing in the market is true.
 */
const LONGEST_TRANSACTION_MS = 24 * 60 * 60_000;

/** Between which moments rows may be stamped; null: from whenever. */
export type Span = { from: string | null; until: string };

/** A stamp nobody can read (of the year 12026) is in no span. */
function isWithin(stamp: string, { from, until }: Span): boolean {
  const at = Date.parse(stamp);
  const isAfter = from === null || at >= Date.parse(from) - LONGEST_TRANSACTION_MS;
  return isAfter && at <= Date.parse(until) + CLOCK_STEP_MS;
}

/** The database's clock, as rows are stamped by it. Locks nothing. */
export async function readClock(trx: DbTransaction<DB>): Promise<string> {
  const { rows } = await sql<{ now: string }>`
    select ${instant(sql`clock_timestamp()`)} as now`.execute(trx);
  return rows[0]?.now ?? "";
}

/**
 * Transactions stamped outside their span: later than now or than the seal that covers them, or long
 * before the seal before it; and those with a posting of another stamp, since both are written at one
 * moment. What is to come is judged by nobody: reconcile waits for what may be on its way.
 */
export function differingStamps(
  transactions: readonly SealedTransaction[],
  span: Span,
): StampDifference[] {
  return transactions
    .filter(
      ({ createdAt, postings }) =>
        !isWithin(createdAt, span) || postings.some((posting) => posting.createdAt !== createdAt),
    )
    .map(({ id }) => ({ kind: "stamp-differs", transactionId: id }));
}

/** A seal stamped later than now, or before the seal that it follows. */
export function differingSealStamp(
  seal: Seal,
  previous: Seal | undefined,
  now: string,
): StampDifference[] {
  const at = Date.parse(seal.sealedAt);
  const isAfter = !previous || at >= Date.parse(previous.sealedAt) - CLOCK_STEP_MS;
  const isTrue = isAfter && at <= Date.parse(now) + CLOCK_STEP_MS;
  return isTrue ? [] : [{ kind: "seal-stamp-differs", sealSeq: seal.seq }];
}
