import { type Transaction as DbTransaction, type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { queueMessage } from "./queue-message.ts";
import { tellUntold } from "./tell-untold.ts";

/**
 * Owes one household one message about all its sales that it has not been told of: how many orders
 * and what of them is its own in fen, by the ledger, so that what was given back meanwhile is taken
 * off. Nothing is owed when nothing is left of them. What is told is no more to be told, whatever
 * becomes of the message. Locks its untold sales.
 */
async function tellHousehold(trx: DbTransaction<DB>, householdId: string): Promise<boolean> {
  const { rows } = await sql<{ orderId: string; fen: number }>`
    with told as (
      delete from untold_sales where household_id = ${householdId} returning order_id
    )
    select told.order_id as "orderId", coalesce(-sum(p.fen), 0) as fen
    from told
    join order_lines l on l.order_id = told.order_id
    join postings p on p.order_line_id = l.id
    join relief_accounts r on r.ledger_account_id = p.account_id
      and r.household_id = ${householdId}
    group by told.order_id
    order by told.order_id`.execute(trx);
  const left = rows.filter(({ fen }) => fen > 0);
  const first = left[0];
  if (!first) return false;
  const fen = left.reduce((sum, sale) => sum + sale.fen, 0);
  const to = { householdId };
  const params = { count: left.length, fen };
  const key = `sale:${householdId}:${first.orderId}`;
  return (await queueMessage(trx, { to, template: "sale.bundle", params, key })).isNew;
}

/**
 * Tells households what they sold: five minutes after the first sale at the earliest, and never
 * more than one message an hour, counted from its sending; what is sold meanwhile waits for the
 * next. Each household in a transaction of its own; run again or twice at
 * once, it tells nothing twice. A message says no more than a number and a sum: no buyer's data.
 */
export async function tellSales(
  db: Kysely<DB>,
  now: Date = new Date(),
): Promise<{ ok: true; households: number }> {
  const told = { untold: "untold_sales", kind: ["sale.bundle"], tell: tellHousehold } as const;
  return tellUntold(db, told, now);
}
