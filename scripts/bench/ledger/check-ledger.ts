import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";

/**
 * Asks of the whole ledger what its triggers and keys ask of each row: every transaction has its
 * postings and sums to zero, every posting stands in the order of its transaction, every credit of
 * a household is tagged. Returns how many sales there are.
 */
export async function checkLedger(db: Kysely<DB>): Promise<number> {
  const { rows } = await sql<{ sales: number; wrong: number; untagged: number }>`
    select
      (select count(*) from ledger_transactions where kind = 'sale') as sales,
      (select count(*) from (
        select t.id from ledger_transactions t
        left join postings p on p.transaction_id = t.id
        group by t.id, t.seq
        having coalesce(sum(p.fen), 1) <> 0 or count(p.id) < 2
          or bool_or(p.transaction_seq <> t.seq)
      ) unbalanced) as wrong,
      (select count(*) from postings p
        join relief_accounts r on r.ledger_account_id = p.account_id
        join ledger_transactions t on t.id = p.transaction_id and t.kind = 'sale'
        left join order_lines l on l.id = p.order_line_id
        where p.relief_account_id is distinct from r.id or l.id is null) as untagged`.execute(db);
  const seen = rows[0];
  if (!seen || seen.wrong > 0 || seen.untagged > 0) {
    throw new Error(`the ledger was filled wrongly: ${JSON.stringify(seen)}`);
  }
  return seen.sales;
}
