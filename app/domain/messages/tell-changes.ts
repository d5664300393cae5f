import { type Transaction as DbTransaction, type Kysely, sql } from "kysely";
import type { ListingStatus } from "#app/domain/listings/listing-states.ts";
import type { DB } from "#db/schema.d.ts";
import { queueMessage } from "./queue-message.ts";
import { tellUntold } from "./tell-untold.ts";
import type { Template } from "./templates.ts";

const KIND = [
  ...["listing.changed", "listing.paused", "listing.resumed", "listing.withdrawn"],
  "listing.several",
] as const satisfies Template[];

type Untold = {
  changeId: string;
  title: string;
  status: ListingStatus;
  fen: number;
  /** "bag 500": of which the price is one, with its grams. */
  unit: string;
  quantity: number;
  /** Since then the cooperative changed what is offered. */
  isOfferedAnew: boolean;
  /** Since then the cooperative put up other photos. */
  hasNewPhotos: boolean;
  /** Since then it was the cooperative that moved the status last; null where nobody has. */
  hasMoved: boolean | null;
};

const MOVED = {
  draft: undefined,
  published: "listing.resumed",
  paused: "listing.paused",
  withdrawn: "listing.withdrawn",
} as const;

/** What there is to tell of a listing as it stands; nothing where its household had the last word. */
function templateOf({ status, isOfferedAnew, hasMoved }: Untold) {
  if (hasMoved) return MOVED[status];
  return isOfferedAnew && status !== "withdrawn" ? "listing.changed" : undefined;
}

/** Locks what it has yet to be told. */
async function tellHousehold(trx: DbTransaction<DB>, householdId: string): Promise<boolean> {
  const { rows } = await sql<Untold>`
    with told as (
      delete from untold_changes where household_id = ${householdId}
      returning listing_id, change_id
    )
    select told.change_id as "changeId", l.title_zh as title, l.status, l.price_fen as fen,
      l.unit || ' ' || l.unit_grams as unit,
      (select coalesce(sum(available), 0)::int from lots where listing_id = l.id) as quantity,
      since."isOfferedAnew", since."hasNewPhotos", since."hasMoved"
    from told join listings l on l.id = told.listing_id
    cross join lateral (
      select coalesce(bool_or(by_cooperative and what <> 'status'), false) as "isOfferedAnew",
        coalesce(bool_or(by_cooperative and what = 'photos'), false) as "hasNewPhotos",
        (array_agg(by_cooperative order by id desc) filter (where what = 'status'))[1] as "hasMoved"
      from listing_changes where listing_id = l.id and id >= told.change_id
    ) since
    order by told.change_id`.execute(trx);
  const toTell = rows.filter((row) => templateOf(row));
  const [first, ...others] = toTell;
  const template = first && templateOf(first);
  if (!template) return false;
  const { changeId, title, fen, unit, quantity } = first;
  const to = { householdId };
  const key = `listing:${changeId}`;
  if (others.length > 0) {
    const params = { count: toTell.length };
    return (await queueMessage(trx, { to, template: "listing.several", params, key })).isNew;
  }
  if (template === "listing.withdrawn") {
    return (await queueMessage(trx, { to, template, params: { title }, key })).isNew;
  }
  const params = {
    ...{ title, fen, unit, quantity },
    ...(first.hasNewPhotos && { photos: "new" }),
  };
  return (await queueMessage(trx, { to, template, params, key })).isNew;
}

/**
 * Tells households that their cooperative changed something of what they sell, whatever it was,
 * paused it, put it on sale again or took it down: its name, price with the unit, and quantity as
 * they stand now, five minutes after the first change at the earliest, and never more than one
 * message an hour; of one listing it says what, of several how many. Each household in a
 * transaction of its own; run again or twice at once, it tells nothing twice.
 */
export async function tellChanges(
  db: Kysely<DB>,
  now: Date = new Date(),
): Promise<{ ok: true; households: number }> {
  return tellUntold(db, { untold: "untold_changes", kind: KIND, tell: tellHousehold }, now);
}
