import { type Kysely, sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { canonicalBytes, chainedRoot, type SealedTransaction } from "./canonical.ts";
import { leafHash, merkleRoot } from "./merkle.ts";
import { readSealsAfter, type Seal } from "./read-seals.ts";
import { readTransactions } from "./read-transactions.ts";
import { ROW_RULES, type RowDifference } from "./verify-rows.ts";
import {
  differingSealStamp,
  differingStamps,
  readClock,
  type StampDifference,
} from "./verify-stamps.ts";

export type Difference =
  | { kind: "unbalanced"; transactionId: string }
  | {
      kind: "seal-changed" | "chain-broken" | "seal-out-of-place" | "transactions-changed";
      sealSeq: number;
    }
  | { kind: "transaction-count"; sealSeq: number; sealed: number; found: number }
  | { kind: "seal-missing"; sealSeq: number }
  | { kind: "transaction-before-seals"; found: number }
  | { kind: "kept-root-unknown"; root: string }
  | { kind: "unsealed-too-long"; found: number }
  | StampDifference
  | RowDifference;

export type Verified = {
  seals: number;
  sealedTransactions: number;
  /** Posted since the newest seal: nothing vouches for them yet. */
  unsealedTransactions: number;
  /** The newest chained root: whoever keeps it can tell later whether history was rewritten. */
  newestRoot: string | null;
  differences: Difference[];
};

const SEALS_AT_ONCE = 50;
const TRANSACTIONS_AT_ONCE = 1_000;

function unbalanced(transactions: readonly SealedTransaction[]): Difference[] {
  return transactions
    .filter(({ postings }) => {
      const sum = postings.reduce((total, posting) => total + BigInt(posting.fen), 0n);
      return sum !== 0n || postings.length < 2;
    })
    .map(({ id }) => ({ kind: "unbalanced", transactionId: id }));
}

/** What a seal says of itself and of the one before it. */
function headDifferences(seal: Seal, previous: Seal | undefined): Difference[] {
  const { chainedRoot: kept, ...head } = seal;
  const kinds: ("seal-changed" | "chain-broken" | "seal-out-of-place")[] = [];
  if (chainedRoot(head).toString("hex") !== kept) kinds.push("seal-changed");
  if (head.previousRoot !== (previous?.chainedRoot ?? null)) kinds.push("chain-broken");
  const isNext =
    head.seq === (previous?.seq ?? 0) + 1 && head.firstSeq === (previous?.lastSeq ?? 0) + 1;
  if (!isNext) kinds.push("seal-out-of-place");
  return kinds.map((kind) => ({ kind, sealSeq: seal.seq }));
}

function contentDifferences(seal: Seal, transactions: readonly SealedTransaction[]): Difference[] {
  const [found, sealed] = [transactions.length, seal.transactionCount];
  if (found !== sealed) {
    return [{ kind: "transaction-count", sealSeq: seal.seq, sealed, found }];
  }
  const root = merkleRoot(transactions.map((one) => leafHash(canonicalBytes(one))));
  const isSame = root.toString("hex") === seal.merkleRoot;
  return isSame ? [] : [{ kind: "transactions-changed", sealSeq: seal.seq }];
}

/** Seals that were noted in the audit log when they were made, and are gone or have another root. */
async function missingSeals(trx: Transaction<DB>): Promise<Difference[]> {
  const { rows } = await sql<{ sealSeq: number }>`
    select (noted.after ->> 'seq')::bigint as "sealSeq" from audit_log noted
    left join ledger_seals s on s.id = noted.subject_id
      and encode(s.chained_root, 'hex') = noted.after ->> 'chainedRoot'
    where noted.subject_type = 'ledger-seal' and noted.action = 'ledger.sealed' and s.id is null
    order by 1`.execute(trx);
  return rows.map(({ sealSeq }) => ({ kind: "seal-missing", sealSeq }));
}

async function verifySeals(
  trx: Transaction<DB>,
  verified: Verified,
  wanted: Set<string>,
  now: string,
): Promise<number> {
  let previous: Seal | undefined;
  for (;;) {
    const seals = await readSealsAfter(trx, previous?.seq ?? 0, SEALS_AT_ONCE);
    if (seals.length === 0) return previous?.lastSeq ?? 0;
    for (const seal of seals) {
      const [after, upTo] = [seal.firstSeq - 1, seal.lastSeq];
      // One more than was sealed is enough to see that something was slipped in.
      const limit = seal.transactionCount + 1;
      const transactions = await readTransactions(trx, { after, upTo, limit });
      const changed = contentDifferences(seal, transactions);
      const until = seal.sealedAt < now ? seal.sealedAt : now;
      const span = { from: previous?.sealedAt ?? null, until };
      verified.differences.push(
        ...headDifferences(seal, previous),
        ...changed,
        ...unbalanced(transactions),
        ...differingSealStamp(seal, previous, now),
        // Of what was changed since, the stamps too are not those that were sealed.
        ...(changed.length === 0 ? differingStamps(transactions, span) : []),
      );
      verified.seals += 1;
      verified.sealedTransactions += transactions.length;
      verified.newestRoot = seal.chainedRoot;
      wanted.delete(seal.chainedRoot);
      previous = seal;
    }
  }
}

async function verifyUnsealed(
  trx: Transaction<DB>,
  verified: Verified,
  { from, now }: { from: number; now: string },
) {
  const upTo = Number.MAX_SAFE_INTEGER;
  for (let after = from; ; ) {
    const transactions = await readTransactions(trx, { after, upTo, limit: TRANSACTIONS_AT_ONCE });
    const last = transactions.at(-1);
    if (!last) return;
    verified.unsealedTransactions += transactions.length;
    verified.differences.push(
      ...unbalanced(transactions),
      ...differingStamps(transactions, { from: null, until: now }),
    );
    after = last.seq;
  }
}

/**
 * All is sealed every few minutes: what no seal covers after an hour had one that was taken away
 * with its note, or nobody has sealed since.
 */
async function unsealedTooLong(trx: Transaction<DB>, sealedUpTo: number): Promise<Difference[]> {
  const { rows } = await sql<{ found: number }>`
    select count(*) as found from ledger_transactions
    where seq > ${sealedUpTo} and created_at < now() - interval '1 hour'`.execute(trx);
  const found = rows[0]?.found ?? 0;
  return found === 0 ? [] : [{ kind: "unsealed-too-long", found }];
}

/** The first seal begins at 1: what stands below was put there by hand. */
async function beforeSeals(trx: Transaction<DB>): Promise<Difference[]> {
  const transactions = await readTransactions(trx, { after: -(2 ** 52), upTo: 0, limit: 1_000 });
  const found = transactions.length;
  return found === 0 ? [] : [{ kind: "transaction-before-seals", found }];
}

/** As `verifyLedger`, in the caller's transaction, which should read one snapshot. */
export async function verifyWithin(
  trx: Transaction<DB>,
  keptRoots: readonly string[] = [],
): Promise<Verified> {
  const verified: Verified = {
    ...{ seals: 0, sealedTransactions: 0, unsealedTransactions: 0 },
    ...{ newestRoot: null, differences: await beforeSeals(trx) },
  };
  const wanted = new Set(keptRoots.map((root) => root.toLowerCase()));
  const now = await readClock(trx);
  const sealedUpTo = await verifySeals(trx, verified, wanted, now);
  await verifyUnsealed(trx, verified, { from: sealedUpTo, now });
  verified.differences.push(...(await unsealedTooLong(trx, sealedUpTo)));
  verified.differences.push(...(await missingSeals(trx)));
  for (const differing of ROW_RULES) verified.differences.push(...(await differing(trx)));
  for (const root of wanted) verified.differences.push({ kind: "kept-root-unknown", root });
  return verified;
}

/**
 * Recomputes every seal from the rows: each leaf, root and link of the chain, and the sum of each
 * transaction. Names each seal whose transactions were changed, added, removed or exchanged, each
 * seal that was changed or taken away, each transaction that does not sum to zero, each balance
 * kept in a snapshot that the postings do not add up to. Then both ways: from the rows it works out
 * which transactions there may be, under which keys (entry-causes.ts), and names each other one
 * (verify-entries.ts); each moves what its row says, on accounts that have a part in it, and that
 * says what was moved (verify-*.ts); all that moved money stands in the ledger (verify-causes.ts);
 * what was short in a box or weighed less gave back what it comes to, once (verify-shortages.ts,
 * verify-weights.ts), what says a cycle can have been sold in it (verify-cycles.ts), what replaced something is what its buyer said yes to (verify-substitutions.ts), what is sent in parts is what was split (verify-parts.ts), a
 * reserve holds what the ledger called for and bears what it is to bear (verify-reserves.ts), and what is held and sold of each lot is what the orders have of it
 * (verify-stock.ts). No row is
 * stamped later than now or than its seal, or long before the seal before it (verify-stamps.ts); of an
 * account its own stamp is not looked at: no amount hangs on when it was opened.
 *
 * Rows that were all forged to agree with each other it tells only by what the market's rules say of
 * them. Whether money came or went at Stripe at all, reconcile compares; whether a bank paid out what
 * was confirmed or transferred, bounced or not, only its statement says; which fee and freight a
 * cooperative asked for at the time, which line a refund was meant for and when it
 * went, whose lot's turn it was among several, and what nothing was posted of
 * (a refund asked for and taken away with its row) no other row says. That the newest seals and the audit
 * log's notes of them went together, is found with `keptRoots`: chained roots that were kept
 * elsewhere. Reads one snapshot, locks nothing.
 */
export function verifyLedger(db: Kysely<DB>, keptRoots: readonly string[] = []): Promise<Verified> {
  const reading = db.transaction().setIsolationLevel("repeatable read").setAccessMode("read only");
  return reading.execute((trx) => verifyWithin(trx, keptRoots));
}
