import { type Kysely, sql } from "kysely";
import { validate as isUuid } from "uuid";
import { balanceOf } from "#app/domain/ledger/account-sums.ts";
import type { TransactionKind } from "#app/domain/ledger/post.ts";
import type { OfficerScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { familyOf } from "../orders/line-family.ts";
import { notReplaced } from "../stock/not-replaced.ts";

export type StatementEntry = {
  /** Where the entry stands; give it as `before` to go on with what is older. */
  cursor: string;
  occurredAt: Date;
  kind: TransactionKind;
  orderNumber: string | null;
  titleZh: string | null;
  titleEn: string | null;
  unit: string | null;
  /** Sale units that the household provided; only a sale has one. */
  quantity: number | null;
  runNumber: string | null;
  /** As the household sees it: what came in is positive, what went out negative. */
  fen: number;
  /** What is owed to the household after this entry. */
  balanceFen: number;
};

export type Statement = {
  entries: StatementEntry[];
  /** What was owed before the oldest entry shown. */
  openingFen: number;
  /** The cursor of the next, older page; null on the last. */
  olderBefore: string | null;
};

/** "812.0192…": the ledger's own sequence, then the posting. Anything else is the newest page. */
function readCursor(text: string | undefined): { seq: string; id: string } | null {
  const match = /^(\d{1,18})\.([0-9a-f-]{36})$/.exec(text ?? "");
  return match?.[1] && match[2] && isUuid(match[2]) ? { seq: match[1], id: match[2] } : null;
}

/** The ledger account of a relief account of the officer's county; null when it is not there. */
async function findAccount(db: Kysely<DB>, scope: OfficerScope, code: string) {
  const found = await db
    .selectFrom("relief_accounts as relief")
    .innerJoin("households as home", "home.id", "relief.household_id")
    .where("relief.code", "=", code)
    .where("home.region_code", "like", `${scope.regionCode}%`)
    .select("relief.ledger_account_id as id")
    .executeTakeFirst();
  return found?.id ?? null;
}

/**
 * The entries of a relief account of the officer's county, newest first, each with the order or
 * the payout run it comes from and the balance after it. Postings that one order line made on
 * the account (two lots of one household) are one entry. Pages go by key, so that they stay put
 * while new sales come in, and an old page costs what the newest does: its own entries, and the
 * postings since the last snapshot before them. Null when the account is unknown or of another
 * county. Locks nothing.
 */
export async function readStatement(
  db: Kysely<DB>,
  scope: OfficerScope,
  input: { code: string; before?: string; perPage?: number },
): Promise<Statement | null> {
  const account = await findAccount(db, scope, input.code);
  if (!account) return null;
  const perPage = input.perPage ?? 50;
  const cursor = readCursor(input.before);
  const { rows } = await sql<StatementEntry>`
    with on_page as materialized (
      select distinct p.transaction_seq as seq from postings p
      cross join lateral (
        select kind from ledger_transactions t where t.seq = p.transaction_seq limit 1) entry
      where p.account_id = ${account}
        -- Under another line of the same order: nothing that the account has changes.
        and entry.kind <> 'split'
        and p.transaction_seq <= ${cursor?.seq ?? Number.MAX_SAFE_INTEGER}::bigint
      order by 1 desc
      -- Each has an entry at least; all of the cursor's own transaction may have been shown.
      limit ${perPage + 2}
    ), oldest as materialized (
      select min(seq) as seq from on_page
    ), entry as (
      select p.transaction_seq as seq, (array_agg(p.id order by p.id))[1] as id,
        p.transaction_id, p.order_line_id, -sum(p.fen) as fen
      from postings p
      where p.account_id = ${account} and p.transaction_seq in (select seq from on_page)
      group by p.transaction_seq, p.transaction_id, p.order_line_id
    ), page as (
      select running.*, t.kind, t.cause_type, t.cause_id, t.occurred_at from (
        select *, sum(fen) over (order by seq, id)
          - ${balanceOf(sql`${account}`, sql`(select seq from oldest)`)} as balance
        from entry
      ) running
      join ledger_transactions t on t.id = running.transaction_id
      where ${cursor?.id ?? null}::uuid is null
        or (running.seq, running.id) < (${cursor?.seq ?? null}::bigint, ${cursor?.id ?? null}::uuid)
      order by running.seq desc, running.id desc
      limit ${perPage + 1}
    )
    select page.seq || '.' || page.id as cursor, page.occurred_at as "occurredAt", page.kind,
      orders.number as "orderNumber", line.title_zh as "titleZh", line.title_en as "titleEn",
      line.unit, case when page.kind = 'sale' then (
        select sum(part.quantity) from allocations part
        join relief_accounts relief on relief.id = part.relief_account_id
        where part.order_line_id in ${familyOf(sql`line.id`)}
          and relief.ledger_account_id = ${account}
          and ${notReplaced("part")}
      ) end as quantity, run.number as "runNumber", page.fen, page.balance as "balanceFen"
    from page
    left join order_lines line on line.id = page.order_line_id
    left join orders on orders.id = line.order_id
    left join payouts on page.cause_type = 'payout' and payouts.id = page.cause_id
    left join payout_runs run on run.id = payouts.payout_run_id
    order by page.seq desc, page.id desc`.execute(db);
  const entries = rows.slice(0, perPage);
  const oldest = entries.at(-1);
  return {
    entries,
    openingFen: oldest ? oldest.balanceFen - oldest.fen : 0,
    olderBefore: rows.length > perPage && oldest ? oldest.cursor : null,
  };
}
