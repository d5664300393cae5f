import { type Kysely, type RawBuilder, sql } from "kysely";
import { validate as isUuid } from "uuid";
import type { DB } from "#db/schema.d.ts";
import { cardsOf, hasStock, type ListingCard } from "./read-cards.ts";

/** What belongs together: a crop or a group of crops, a county, a cooperative, a household. */
export type ShelfOf =
  | { category: string }
  | { county: string }
  | { cooperativeId: string }
  | { householdId: string };

export type ShelfPage = {
  cards: ListingCard[];
  /** The `before` of the next page; null on the last. */
  older: string | null;
};

/**
 * What is in stock on a shelf, newest first, `limit` cards a page. `before` is the id of the last
 * listing of the page before; one that is no listing counts as not said. Locks nothing, cannot fail.
 */
export async function readShelfCards(
  db: Kysely<DB>,
  locale: "zh" | "en",
  shelf: ShelfOf,
  { before, limit }: { before: string | null; limit: number },
): Promise<ShelfPage> {
  const last = before && isUuid(before) ? await publishedAt(db, before) : null;
  const isOlder = last
    ? sql`and n.published_at <= ${last.at} and (n.published_at < ${last.at} or n.id > ${last.id})`
    : sql``;
  const newest = (of: RawBuilder<unknown>) => sql`
    select n.id, n.published_at from listings n
    where ${of} and n.status = 'published' and ${hasStock} ${isOlder}
    order by n.published_at desc, n.id limit ${limit + 1}`;
  const cards = await cardsOf(
    db,
    locale,
    sql`select id, row_number() over (order by published_at desc, id) as place
      from (${pickedOf(shelf, newest)}) of_shelf
      order by published_at desc, id limit ${limit + 1}`,
  );
  const shown = cards.slice(0, limit);
  return { cards: shown, older: cards.length > limit ? (shown.at(-1)?.id ?? null) : null };
}

/** A group is read crop by crop: each has its newest at hand in the index, all together have not. */
function pickedOf(shelf: ShelfOf, newest: (of: RawBuilder<unknown>) => RawBuilder<unknown>) {
  if ("category" in shelf) {
    const code = shelf.category;
    return sql`select n.id, n.published_at from categories c
      cross join lateral (${newest(sql`n.category_code = c.code`)}) n
      where c.code = ${code} or c.parent_code = ${code}`;
  }
  if ("county" in shelf) return newest(sql`left(n.region_code, 6) = ${shelf.county}`);
  if ("cooperativeId" in shelf) return newest(sql`n.cooperative_id = ${shelf.cooperativeId}`);
  return newest(sql`n.id = any(array(
    select listing_id from lots where household_id = ${shelf.householdId}))`);
}

async function publishedAt(db: Kysely<DB>, id: string) {
  const { rows } = await sql<{ id: string; at: string }>`
    select id, published_at::text as at from listings
    where id = ${id} and published_at is not null`.execute(db);
  return rows[0] ?? null;
}
