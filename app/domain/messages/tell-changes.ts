import { type Transaction as DbTransaction, type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { queueMessage } from "./queue-message.ts";
import { tellUntold } from "./tell-untold.ts";

const KIND = ["listing.changed", "listing.withdrawn", "listing.several"] as const;

type Untold = {
  changeId: string;
  title: string;
  status: string;
  fen: number;
  /** "bag 500": of which the price is one, with its grams. */
  unit: string;
  quantity: number;
};

/** Locks what it has yet to be told. */
async function tellHousehold(trx: DbTransaction<DB>, householdId: string): Promise<boolean> {
  const { rows } = await sql<Untold>`
    with told as (
      delete from untold_changes where household_id = ${householdId}
      returning listing_id, change_id
    )
    select told.change_id as "changeId", l.title_zh as title, l.status, l.price_fen as fen,
      l.unit || ' ' || l.unit_grams as unit,
      (select coalesce(sum(available), 0)::int from lots where listing_id = l.id) as quantity
    from told join listings l on l.id = told.listing_id
    order by told.change_id`.execute(trx);
  const [first, ...others] = rows;
  if (!first) return false;
  const { changeId, title, status, fen, unit, quantity } = first;
  const to = { householdId };
  const key = `listing:${changeId}`;
  if (others.length > 0) {
    const params = { count: rows.length };
    return (await queueMessage(trx, { to, template: "listing.several", params, key })).isNew;
  }
  if (status === "withdrawn") {
    const params = { title };
    return (await queueMessage(trx, { to, template: "listing.withdrawn", params, key })).isNew;
  }
  const params = { title, fen, unit, quantity };
  return (await queueMessage(trx, { to, template: "listing.changed", params, key })).isNew;
}

/**
 * Tells households that their cooperative changed something of what they sell, whatever it was, or
 * took it down: its name, price with the unit, and quantity as they stand now, five minutes after the first change at the earliest, and never more
 * than one message an hour; of one listing it says what, of several how many. Each household in a
 * transaction of its own; run again or twice at once, it tells nothing twice.
 */
export async function tellChanges(
  db: Kysely<DB>,
  now: Date = new Date(),
): Promise<{ ok: true; households: number }> {
  return tellUntold(db, { untold: "untold_changes", kind: KIND, tell: tellHousehold }, now);
}
