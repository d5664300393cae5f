import { type Kysely, sql } from "kysely";
import { readTrialBalance } from "#app/domain/ledger/balances.ts";
import { sealLedger } from "#app/domain/ledger/seal-ledger.ts";
import { verifyLedger } from "#app/domain/ledger/verify-ledger.ts";
import type { DB } from "#db/schema.d.ts";
import { mustBeNone } from "../must-be-none.ts";

/** Each asks for what must not be there: a number above zero is a deviation. */
const MUST_BE_NONE: Record<string, string> = {
  "transactions that do not sum to zero": `select count(*) from (
    select 1 from postings group by transaction_id having sum(fen) <> 0) odd`,
  "transactions of fewer than two postings": `select count(*) from ledger_transactions t
    where (select count(*) from postings p where p.transaction_id = t.id) < 2`,
  "fen that are on no account": "select abs(coalesce(sum(fen), 0)) from postings",
  "produce fen without the tag of the account they are on": `select count(*) from postings p
    join ledger_accounts a on a.id = p.account_id
    left join relief_accounts r on r.ledger_account_id = a.id
    where a.code like 'relief:%' and p.relief_account_id is distinct from r.id`,
  "tags on accounts that are no relief account": `select count(*) from postings p
    join ledger_accounts a on a.id = p.account_id
    where a.code not like 'relief:%' and p.relief_account_id is not null`,
  "lines of sales whose parts are not the line": `select count(*) from (
    select l.id from order_lines l join ledger_transactions t
      on t.kind in ('sale', 'split') and t.cause_id = l.order_id
      and t.idempotency_key not like 'substitute:%' and l.substitution_id is null
    left join postings p on p.transaction_id = t.id and p.order_line_id = l.id
    group by l.id having coalesce(-sum(p.fen), 0) <> l.line_fen) odd`,
  "paid orders without exactly one sale": `select count(*) from orders o
    where paid_at is not null and (select count(*) from ledger_transactions t
      where t.idempotency_key = 'sale:' || o.id) <> 1`,
  "lots that do not add up": `select count(*) from lots t where available + held + sold + taken_out <> quantity_in
    or held <> coalesce((select sum(quantity) from allocations a
      where a.lot_id = t.id and a.state = 'held'), 0)
      + coalesce((select sum(h.quantity) from substitution_lots h join substitutions s
        on s.id = h.substitution_id where h.lot_id = t.id and s.state = 'open'), 0)
    or sold <> coalesce((select sum(quantity - short_units) from allocations a
      where a.lot_id = t.id and a.state = 'sold'), 0)`,
  "accounts that keep what goods on sale again had brought": `select count(*) from (
    select l.id from order_lines l join parcels c on c.id = l.parcel_id and c.status = 'cancelled'
    join postings p on p.order_line_id = l.id
    join ledger_accounts a on a.id = p.account_id and a.code not like 'owed:%'
    group by l.id, a.code having -sum(p.fen) > coalesce((select sum(s.fen) from refund_parts s
      join refunds r on r.id = s.refund_id and r.status = 'requested'
      where s.order_line_id = l.id and s.account_code = a.code), 0)) odd`,
  "refunds beyond their payment": `select count(*) from payments p
    where fen < (select coalesce(sum(r.fen - coalesce((select sum(s.fen) from refund_parts s
        where s.refund_id = r.id and s.account_code like 'given-twice:%'), 0)), 0)
      from refunds r where r.payment_id = p.id and r.status <> 'failed')`,
};

/** The books as a whole, by SQL alone, by the market's own balances, and by their seals. */
export async function checkBooks(
  db: Kysely<DB>,
): Promise<{ transactions: number; deviations: string[] }> {
  const deviations = await mustBeNone(db, MUST_BE_NONE);
  const { accounts, sumFen } = await readTrialBalance(db);
  if (sumFen !== 0) deviations.push(`the trial balance is out by ${sumFen} fen`);
  const { rows: sums } = await sql<{ code: string; fen: number }>`
    select a.code, coalesce(sum(p.fen), 0) as fen from ledger_accounts a
    left join postings p on p.account_id = a.id group by 1`.execute(db);
  const balances = new Map(accounts.map(({ code, fen }) => [code, fen]));
  for (const { code, fen } of sums) {
    if (balances.get(code) === fen) continue;
    deviations.push(`${code} is said to hold ${balances.get(code)} fen and holds ${fen}`);
  }
  const sealed = await sealLedger(db);
  if (!sealed.ok) deviations.push("the ledger could not be sealed");
  const { differences, sealedTransactions } = await verifyLedger(db);
  for (const { kind } of differences) deviations.push(`the seals do not hold: ${kind}`);
  return { transactions: sealedTransactions, deviations };
}
