import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { cardsOf, hasStock, type ListingCard } from "./read-cards.ts";

/** Beyond that many, more is all the same. */
const COUNTED = 6;

export type SeasonCrop = {
  code: string;
  name: string;
  group: { code: string; name: string };
  /** Of its listings in stock, those harvested since the day that was asked for; at most six. */
  listings: number;
  /** The one of them harvested last; null when none is as fresh. */
  freshestId: string | null;
};

/**
 * The crops in stock, in the order of the categories, with how many listings are fresh: harvested on
 * `since` ("2026-10-24") or later. Every crop is probed by index, none is counted through. Locks
 * nothing, cannot fail.
 */
export async function readSeason(
  db: Kysely<DB>,
  locale: "zh" | "en",
  since: string,
): Promise<SeasonCrop[]> {
  const name = locale === "en" ? "name_en" : "name_zh";
  const inStock = sql`n.category_code = c.code and n.status = 'published' and ${hasStock}`;
  const { rows } = await sql<SeasonCrop>`
    select c.code, ${sql.ref(`c.${name}`)} as name,
      json_build_object('code', g.code, 'name', ${sql.ref(`g.${name}`)}) as "group",
      fresh.listings, fresh."freshestId"
    from categories c
    join categories g on g.code = coalesce(c.parent_code, c.code)
    cross join lateral (
      select count(*)::int as listings,
        (array_agg(id order by harvested_on desc, id))[1] as "freshestId"
      from (
        select n.id, n.harvested_on from listings n
        where ${inStock} and n.harvested_on >= ${since}
        order by n.harvested_on desc limit ${COUNTED}
      ) freshest
    ) fresh
    where fresh.listings > 0 or exists (select 1 from listings n where ${inStock})
    order by g.position, g.code, c.position, c.code`.execute(db);
  return rows;
}

const FEW = 10;

/**
 * The listings of which ten sale units or fewer are left, fewest first, then the newest. Only those
 * with a lot that is nearly empty are looked at, which the database keeps count of. `except` are ids
 * that are shown already. Locks nothing, cannot fail.
 */
export async function readAlmostGoneCards(
  db: Kysely<DB>,
  locale: "zh" | "en",
  { limit, except }: { limit: number; except: readonly string[] },
): Promise<ListingCard[]> {
  return cardsOf(
    db,
    locale,
    sql`select n.id, row_number() over (order by stock.rest, n.published_at desc, n.id) as place
      from (select distinct listing_id from scarce_lots) scarce
      join listings n on n.id = scarce.listing_id and n.status = 'published'
      cross join lateral (
        select sum(available) as rest from lots where lots.listing_id = n.id) stock
      where stock.rest <= ${FEW} and n.id <> all(${[...except]}::uuid[])
      order by stock.rest, n.published_at desc, n.id limit ${limit}`,
  );
}
