import { type Kysely, sql } from "kysely";
import type { TransactionKind } from "#app/domain/ledger/post.ts";
import type { OfficerScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { notReplaced } from "../stock/not-replaced.ts";
import { readReliefAccount } from "./read-account.ts";

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
  return match?.[1] && match[2] ? { seq: match[1], id: match[2] } : null;
}

/**
 * The entries of a relief account of the officer's county, newest first, each with the order or
 * the payout run it comes from and the balance after it. Postings that one order line made on
 * the account (two lots of one household) are one entry. Pages go by key, so that they stay put
 * while new sales come in. Null when the account is unknown or of another county. Locks nothing.
 */
export async function readStatement(
  db: Kysely<DB>,
  scope: OfficerScope,
  input: { code: string; before?: string; perPage?: number },
): Promise<Statement | null> {
  const account = await readReliefAccount(db, scope, input.code);
  if (!account) return null;
  const perPage = input.perPage ?? 50;
  const cursor = readCursor(input.before);
  const { rows } = await sql<StatementEntry>`
    with entry as (
      select t.seq, (array_agg(p.id order by p.id))[1] as id, t.kind, t.cause_type, t.cause_id,
        t.occurred_at, p.order_line_id, -sum(p.fen) as fen
      from postings p
      join ledger_transactions t on t.id = p.transaction_id
      where p.account_id = ${account.ledgerAccountId}
      group by t.id, p.order_line_id
    ), page as (
      select * from (
        select *, sum(fen) over (order by seq, id) as balance from entry
      ) running
      where ${cursor?.seq ?? null}::bigint is null
        or (seq, id) < (${cursor?.seq ?? null}::bigint, ${cursor?.id ?? null}::uuid)
      order by seq desc, id desc
      limit ${perPage + 1}
    )
    select page.seq || '.' || page.id as cursor, page.occurred_at as "occurredAt", page.kind,
      orders.number as "orderNumber", line.title_zh as "titleZh", line.title_en as "titleEn",
      line.unit, case when page.kind = 'sale' then (
        select sum(part.quantity) from allocations part
        join relief_accounts relief on relief.id = part.relief_account_id
        where part.order_line_id = line.id
          and relief.ledger_account_id = ${account.ledgerAccountId}
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
