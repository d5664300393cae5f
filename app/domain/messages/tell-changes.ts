import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { holdsBack, tellableAt } from "./hold-back.ts";
import { queueMessage } from "./queue-message.ts";
import type { Template } from "./templates.ts";

const KIND = ["listing.changed", "listing.withdrawn", "listing.several"] as const;
KIND satisfies readonly Template[];
/** At one time; the next time comes in five minutes. */
const MOST_HOUSEHOLDS = 500;

type Untold = {
  changeId: string;
  title: string;
  status: string;
  fen: number;
  /** "bag 500": of which the price is one, with its grams. */
  unit: string;
  quantity: number;
};

async function readDue(db: Kysely<DB>, now: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select household_id as id from untold_changes u
    where not exists (select from messages m
      where m.household_id = u.household_id and ${holdsBack(KIND, now)})
    group by household_id
    having min(created_at) <= ${tellableAt(now)}
    order by min(created_at), household_id
    limit ${MOST_HOUSEHOLDS}`.execute(db);
  return rows.map(({ id }) => id);
}

/** Locks the household's row, then what it has yet to be told. */
async function tellHousehold(db: Kysely<DB>, householdId: string, now: Date): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    await sql`select from households where id = ${householdId} for no key update`.execute(trx);
    const { rows: recent } = await sql`select from messages m
      where m.household_id = ${householdId} and ${holdsBack(KIND, now)} limit 1`.execute(trx);
    if (recent.length > 0) return false;
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
  });
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
  let households = 0;
  for (const id of await readDue(db, now)) if (await tellHousehold(db, id, now)) households += 1;
  return { ok: true, households };
}
