import { type Kysely, sql, type Transaction } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { DB } from "#db/schema.d.ts";
import { noteAct } from "../audit/note-act.ts";
import { canonicalBytes, chainedRoot, type SealHead } from "./canonical.ts";
import { leafHash, merkleRoot } from "./merkle.ts";
import { readNewestSeals } from "./read-seals.ts";
import { instant, readTransactions } from "./read-transactions.ts";
import { readSealableSeq, type Waiting } from "./sealable-seq.ts";

/** A proof reads all transactions of its seal: so many keep it quick. */
const MOST_IN_A_SEAL = 1024;
/** "seal" as a number: whoever holds this advisory lock is the only one who seals. */
export const SEALER_LOCK = 0x7365616c;

export type Sealed =
  | { ok: true; seals: number; transactions: number }
  | { ok: false; reason: "writer-still-open" };

/** Seals what follows the newest seal, up to `upTo`; says how many transactions, 0 when none. */
function sealNext(db: Kysely<DB>, upTo: number): Promise<number> {
  return db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(${SEALER_LOCK})`.execute(trx);
    const [previous] = await readNewestSeals(trx, 1);
    const after = previous?.lastSeq ?? 0;
    const transactions = await readTransactions(trx, { after, upTo, limit: MOST_IN_A_SEAL });
    const last = transactions.at(-1);
    if (!last) return 0;
    const { rows } = await sql<{ now: string }>`
      select ${instant(sql`clock_timestamp()`)} as now`.execute(trx);
    await writeSeal(trx, {
      id: uuidv7(),
      seq: (previous?.seq ?? 0) + 1,
      firstSeq: after + 1,
      lastSeq: last.seq,
      transactionCount: transactions.length,
      merkleRoot: merkleRoot(transactions.map((one) => leafHash(canonicalBytes(one)))).toString(
        "hex",
      ),
      previousRoot: previous?.chainedRoot ?? null,
      sealedAt: rows[0]?.now ?? "",
    });
    return transactions.length;
  });
}

/**
 * The number is counted on from the seal before, not drawn: a drawn number is lost with a crash,
 * and a hole would look like a seal taken away. The note lets a seal removed from the end be missed.
 */
async function writeSeal(trx: Transaction<DB>, head: SealHead): Promise<void> {
  const root = chainedRoot(head);
  await sql`
    insert into ledger_seals (id, seq, first_seq, last_seq, transaction_count, merkle_root,
      previous_root, chained_root, created_at)
    overriding system value
    values (${head.id}, ${head.seq}, ${head.firstSeq}, ${head.lastSeq}, ${head.transactionCount},
      decode(${head.merkleRoot}, 'hex'), decode(${head.previousRoot}, 'hex'), ${root},
      ${head.sealedAt}::timestamptz)`.execute(trx);
  await noteAct(trx, {
    ...{ actor: null, isByRule: true, action: "ledger.sealed" },
    subject: { type: "ledger-seal", id: head.id },
    after: { seq: head.seq, chainedRoot: root.toString("hex") },
  });
}

/**
 * Seals every ledger transaction committed when it was called, in seals of at most 1,024: a Merkle
 * root (RFC 6962) over their canonical bytes, chained to the seal before. A seal covers all there
 * will ever be from its first to its last seq. Run twice at once, each transaction is sealed once.
 * Fails with `writer-still-open` when a writer of the ledger did not end in time: nothing is sealed
 * then. Waits for the writers there are, holds none up; takes the sealers' advisory lock.
 */
export async function sealLedger(db: Kysely<DB>, waiting: Waiting = {}): Promise<Sealed> {
  const upTo = await readSealableSeq(db, waiting);
  if (upTo === null) return { ok: false, reason: "writer-still-open" };
  const sealed = { seals: 0, transactions: 0 };
  for (;;) {
    const transactions = await sealNext(db, upTo);
    if (transactions === 0) return { ok: true, ...sealed };
    sealed.seals += 1;
    sealed.transactions += transactions;
  }
}
