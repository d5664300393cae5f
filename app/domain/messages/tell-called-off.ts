import { type Transaction as DbTransaction, type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { queueMessage } from "./queue-message.ts";
import { tellUntold } from "./tell-untold.ts";

/** A message is short; of more than these it says how many orders they are of. */
const MOST_TITLES = 3;

type CalledOff = { parcelId: string; orderId: string; title: string; quantity: number };

/** "苹果×3、核桃×1": what of it all is not wanted any more, in sale units. */
function goodsOf(rows: readonly CalledOff[]): string {
  const sums = [...Map.groupBy(rows, ({ title }) => title)].map(
    ([title, same]) => `${title}×${same.reduce((sum, { quantity }) => sum + quantity, 0)}`,
  );
  return sums.slice(0, MOST_TITLES).join("、") + (sums.length > MOST_TITLES ? "…" : "");
}

/** Locks what it has yet to be told. */
async function tellHousehold(trx: DbTransaction<DB>, householdId: string): Promise<boolean> {
  const { rows } = await sql<CalledOff>`
    with off as (
      delete from untold_call_offs where household_id = ${householdId} returning parcel_id
    )
    select off.parcel_id as "parcelId", l.order_id as "orderId", l.title_zh as title,
      sum(a.quantity)::int as quantity
    from off
    join order_lines l on l.parcel_id = off.parcel_id
    join allocations a on a.order_line_id = l.id and a.state = 'returned'
    join relief_accounts r on r.id = a.relief_account_id and r.household_id = ${householdId}
    group by off.parcel_id, l.order_id, l.id
    order by off.parcel_id, l.id`.execute(trx);
  const [first] = rows;
  if (!first) return false;
  const count = new Set(rows.map(({ orderId }) => orderId)).size;
  const to = { householdId };
  const params = { count, goods: goodsOf(rows) };
  const key = `called-off:${householdId}:${first.parcelId}`;
  return (await queueMessage(trx, { to, template: "sale.called-off", params, key })).isNew;
}

/**
 * Tells households that they need not bring what they were told that they sold: it was called off
 * before it was packed. How many orders and which goods, five minutes after the first at the
 * earliest, and never more than one such message an hour; the note it corrects (tell-sales.ts) does
 * not hold it back. Each household in a transaction of its own; run again or twice at once, it tells
 * nothing twice.
 */
export async function tellCalledOff(
  db: Kysely<DB>,
  now: Date = new Date(),
): Promise<{ ok: true; households: number }> {
  const told = {
    untold: "untold_call_offs",
    kind: ["sale.called-off"],
    tell: tellHousehold,
  } as const;
  return tellUntold(db, told, now);
}
