import { type Kysely, sql } from "kysely";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import type { CoopScope, WatchScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { cameFrom } from "./came-from.ts";
import { monthsOf, movedIn } from "./moved.ts";
import { isMonth, type StatementPart } from "./parts.ts";

/** One ledger transaction as one account of the cooperative saw it. */
export type OwnEntry = {
  /** Where it stands; give it as `before` to go on with what is older. */
  cursor: string;
  transactionId: string;
  seq: number;
  /** The first word of the account's code: "coop-fee", "freight", "owed", "payout". */
  word: string;
  /** The first word of the key it was posted under (entry-forms.ts). */
  kind: string;
  occurredAt: Date;
  /** What came in is positive, what went out negative; of what was paid, what went to banks is positive. */
  fen: number;
  /** Of the accounts shown together, after this entry. */
  balanceFen: number;
  orderNumber: string | null;
  parcelId: string | null;
  claimId: string | null;
  /** Of an entry of the reserve: what was counted, and for which orders. */
  moveId: string | null;
  runId: string | null;
  runNumber: string | null;
  payoutId: string | null;
  headName: string | null;
  goodsZh: string | null;
  goodsEn: string | null;
  /** Another cooperative has a part in the order: its proof is the buyer's to show. */
  isShared: boolean;
  /** Null: it will be soon. */
  sealedAt: Date | null;
};

export type KindSum = { kind: string; count: number; inFen: number; outFen: number };

export type OwnStatement = {
  month: string;
  /** The months with entries, newest first, and the one asked for. */
  months: string[];
  openingFen: number;
  closingFen: number;
  entries: OwnEntry[];
  /** Of the whole month, also of what is on other pages. */
  sums: KindSum[];
  /** The cursor of the next, older page of the month; null on the last. */
  olderBefore: string | null;
};

type Asked = {
  part: StatementPart;
  /** "2026-11"; what is no month is the newest that has entries. */
  month?: string;
  before?: string;
  /** Null: all of the month, oldest first. */
  perPage?: number | null;
};
type Read = {
  entries: (Omit<OwnEntry, "occurredAt" | "sealedAt"> & { occurredAt: string; sealedAt: string })[];
  sums: KindSum[];
};

/** "812.coop-fee": the ledger's own sequence, then the account. Anything else is the newest page. */
function readCursor(text = ""): { seq: string; word: string } | null {
  const [, seq, word] = /^(\d{1,18})\.([a-z-]{1,20})$/.exec(text) ?? [];
  return seq && word ? { seq, word } : null;
}

async function readMonths(db: Kysely<DB>, scope: CoopScope | WatchScope, part: StatementPart) {
  const { rows } = await sql<{ month: string; fen: number }>`
    select to_char(month, 'YYYY-MM') as month, fen::bigint as fen
    from ${monthsOf(scope, part)} moved order by month desc`.execute(db);
  return rows;
}

async function readMonth(
  db: Kysely<DB>,
  scope: CoopScope | WatchScope,
  { part, month, before, perPage = 50 }: Asked & { month: string },
): Promise<Read> {
  const cursor = readCursor(before);
  const place = sql`occurred_at, seq, word`;
  const isCursor = sql`seq = ${cursor?.seq ?? null}::bigint and word = ${cursor?.word ?? null}`;
  const { rows } = await sql<Read>`
    with moved as materialized (
      select * from ${movedIn(scope, part, month)} entry
    ), page as (
      select *, sum(fen) over (order by ${place}) as balance from moved
    ), shown as (
      select page.* from page
      where not exists (select from moved where ${isCursor})
        or (${place}) < (select ${place} from moved where ${isCursor})
      order by occurred_at desc, seq desc, word desc limit ${perPage === null ? null : perPage + 1}
    )
    select coalesce((select jsonb_agg(jsonb_build_object(
        'cursor', e.seq || '.' || e.word, 'transactionId', e.transaction_id, 'seq', e.seq,
        'word', e.word, 'kind', e.kind, 'occurredAt', e.occurred_at, 'fen', e.fen,
        'balanceFen', e.balance, 'sealedAt', (select s.created_at from ledger_seals s
          where s.last_seq >= e.seq and s.first_seq <= e.seq limit 1)) || came.origin
        order by e.occurred_at desc, e.seq desc, e.word desc)
      from shown e cross join lateral ${cameFrom(scope)} came), '[]') as entries,
      coalesce((select jsonb_agg(to_jsonb(each) order by each.kind) from (
        select kind, count(*) as count, coalesce(sum(fen) filter (where fen > 0), 0) as "inFen",
          coalesce(sum(fen) filter (where fen < 0), 0) as "outFen"
        from moved group by kind) each), '[]') as sums`.execute(db);
  return rows[0] ?? { entries: [], sums: [] };
}

/**
 * The entries of the own accounts of the scope's cooperative (an officer reads those of one of her county) in one month of Shanghai's, newest first,
 * by when they happened: what each came from, since when it is sealed, and the balance after it; what
 * the accounts held before and after the month, and the month's sums by kind. Pages go by key, so that
 * they stay put while new sales come in. With `perPage: null` all of the month, oldest first. To the
 * fen what the ledger holds, of one moment. Locks nothing.
 */
export async function readOwnStatement(
  db: Kysely<DB>,
  scope: CoopScope | WatchScope,
  asked: Asked,
): Promise<OwnStatement> {
  const reading = db.transaction().setIsolationLevel("repeatable read").setAccessMode("read only");
  return reading.execute(async (trx) => {
    const moved = await readMonths(trx, scope, asked.part);
    const newest = moved[0]?.month ?? shanghaiDay(new Date()).slice(0, 7);
    const month = asked.month && isMonth(asked.month) ? asked.month : newest;
    const sumOf = (is: (of: string) => boolean) =>
      moved.reduce((sum, each) => (is(each.month) ? sum + each.fen : sum), 0);
    const openingFen = sumOf((of) => of < month);
    const read = await readMonth(trx, scope, { ...asked, month });
    const isWhole = asked.perPage === null;
    const perPage = asked.perPage ?? 50;
    const all = read.entries.map((entry) => ({
      ...entry,
      balanceFen: openingFen + entry.balanceFen,
      occurredAt: new Date(entry.occurredAt),
      sealedAt: entry.sealedAt ? new Date(entry.sealedAt) : null,
    }));
    const entries = isWhole ? all.reverse() : all.slice(0, perPage);
    const isMore = !isWhole && all.length > perPage;
    const months = [...new Set([...moved.map((each) => each.month), month])].sort().reverse();
    return {
      ...{ month, months, openingFen, closingFen: sumOf((of) => of <= month), entries },
      ...{ sums: read.sums, olderBefore: isMore ? (entries.at(-1)?.cursor ?? null) : null },
    };
  });
}
