import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";

type Row = {
  id: string;
  status: string;
  total: number;
  payments: number;
  paid: number;
  sales: number;
  transactions: number;
  posted: number;
  tagged: number;
  produce: number;
  unsold: number;
  refunds: number;
  waiting: number;
};

const END = {
  status: "paid",
  payments: 1,
  sales: 1,
  transactions: 1,
  unsold: 0,
  refunds: 0,
  waiting: 0,
};

/** Every order of a batch must have come to the one end state; what differs, order by order. */
export async function checkBatch(db: Kysely<DB>, orders: string[]): Promise<string[][]> {
  const { rows } = await sql<Row>`
    select o.id, o.status, o.total_fen as total,
      (select count(*) from payments p where p.order_id = o.id) as payments,
      (select coalesce(sum(fen), 0) from payments p where p.order_id = o.id) as paid,
      (select count(*) from ledger_transactions t
        where t.idempotency_key = 'sale:' || o.id) as sales,
      (select count(*) from ledger_transactions t
        where t.cause_id = o.id or t.cause_id in (select id from payments p
          where p.order_id = o.id)) as transactions,
      (select coalesce(sum(p.fen), 0) from postings p
        join ledger_transactions t on t.id = p.transaction_id
        join ledger_accounts a on a.id = p.account_id
        where t.cause_id = o.id and a.code = 'stripe:clearing') as posted,
      (select coalesce(-sum(p.fen), 0) from postings p
        join ledger_transactions t on t.id = p.transaction_id
        where t.cause_id = o.id and p.order_line_id is not null) as tagged,
      o.produce_fen as produce,
      (select count(*) from allocations a join order_lines l on l.id = a.order_line_id
        where l.order_id = o.id and a.state <> 'sold') as unsold,
      (select count(*) from refunds r where r.order_id = o.id) as refunds,
      (select count(*) from stripe_events e where e.object_id = o.checkout_session_id
        and processed_at is null) as waiting
    from orders o where o.id = any(${orders}::uuid[])`.execute(db);
  return rows.map((row) => {
    const should: Partial<Row> = {
      ...END,
      paid: row.total,
      posted: row.total,
      tagged: row.produce,
    };
    return Object.entries(should)
      .filter(([name, value]) => row[name as keyof Row] !== value)
      .map(([name, value]) => `${name} is ${row[name as keyof Row]}, not ${value} (${row.id})`);
  });
}
