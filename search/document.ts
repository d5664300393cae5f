import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { cropNamesSaid } from "./crop-names.ts";
import { synonymTerms } from "./document-text.ts";

/** All that search knows of a listing. Public facts only: no name, phone or code of a household. */
export type SearchDocument = {
  id: string;
  version: number;
  titleZh: string;
  titleEn: string;
  /** The category and those above it, nearest first. */
  categoryCodes: string[];
  categoryZh: string[];
  categoryEn: string[];
  synonyms: string[];
  /** How the names of the category itself are read: "tu dou". */
  readings: string[];
  grade: string;
  /** The kinds that it is certified for today, by the days of Shanghai. */
  certificates: string[];
  unit: string;
  villageZh: string;
  villageEn: string;
  regionCode: string;
  /** County, city, province: nearest first. */
  placeZh: string[];
  placeEn: string[];
  cooperativeId: string;
  cooperativeZh: string;
  cooperativeEn: string;
  aliases: string[];
  fenPerJin: number;
  harvestedOn: string;
  /** The day from which a pre-sale, or what is sold in a cycle, is sent. */
  shipsFrom: string | null;
  /** How many households sell something in it. */
  households: number;
  publishedAt: string;
  inStock: boolean;
  photoId: string | null;
};

/** A pooled listing may hold hundreds of households; a document need not. */
const MOST_ALIASES = 50;

type Row = Omit<SearchDocument, "synonyms" | "publishedAt" | "aliases"> & {
  otherNames: string[];
  kinds: string[];
  publishedAt: Date;
  aliases: string[] | null;
};

/**
 * Reads the search documents of those of the given listings that are for sale, from the market's
 * tables as they are now. Listings that are not published have none.
 */
export async function readDocuments(
  db: Kysely<DB>,
  listingIds: readonly string[],
): Promise<SearchDocument[]> {
  const { rows } = await sql<Row>`
    select l.id, l.version, l.title_zh as "titleZh", l.title_en as "titleEn",
      c."categoryCodes", c."categoryZh", c."categoryEn", crop.other_names as "otherNames", crop.kinds,
      crop.readings[:1 + cardinality(crop.other_names)] as readings,
      l.grade, array(select kind from listing_certificates where listing_id = l.id
        and removed_at is null and valid_until >= (now() at time zone 'Asia/Shanghai')::date
        order by kind) as certificates,
      l.unit, l.village_zh as "villageZh", l.village_en as "villageEn",
      l.region_code as "regionCode", r."placeZh", r."placeEn",
      l.cooperative_id as "cooperativeId", k.name_zh as "cooperativeZh", k.name_en as "cooperativeEn",
      h.aliases, coalesce(h.in_stock, false) and (not l.sold_in_cycles or coalesce(w.is_open, false))
        as "inStock",
      (l.price_fen * 1000 + l.unit_grams) / (l.unit_grams * 2) as "fenPerJin",
      l.harvested_on as "harvestedOn", coalesce(w.ships_on, l.ships_from) as "shipsFrom",
      coalesce(h.households, 0)::int as households,
      coalesce(l.published_at, l.created_at) as "publishedAt",
      (select p.id from listing_photos lp join photos p on p.id = lp.photo_id
        where lp.listing_id = l.id and p.state = 'ready' order by lp.position limit 1) as "photoId"
    from listings l
    join cooperatives k on k.id = l.cooperative_id
    join categories crop on crop.code = l.category_code
    left join lateral (
      with recursive up as (
        select code, parent_code, name_zh, name_en, 0 as step from categories
          where code = l.category_code
        union all
        select c.code, c.parent_code, c.name_zh, c.name_en, up.step + 1
          from categories c join up on c.code = up.parent_code where up.step < 5
      )
      select array_agg(code order by step) as "categoryCodes",
        array_agg(name_zh order by step) as "categoryZh",
        array_agg(name_en order by step) as "categoryEn" from up
    ) c on true
    left join lateral (
      select array_agg(name_zh order by level desc) as "placeZh",
        array_agg(name_en order by level desc) as "placeEn"
      from regions where code in (l.region_code, left(l.region_code, 6),
        left(l.region_code, 4) || '00', left(l.region_code, 2) || '0000')
    ) r on true
    left join lateral (
      select bool_or(in_stock) as in_stock, count(*) as households,
        array_agg(alias_zh || ' ' || alias_en order by first_lot) as aliases
      from (
        select hh.alias_zh, hh.alias_en, min(lots.id::text) as first_lot,
          bool_or(lots.available > 0) as in_stock
        from lots join households hh on hh.id = lots.household_id
        where lots.listing_id = l.id group by hh.id
      ) each_household
    ) h on true
    -- Of what is sold in cycles the one that is open, or the next.
    left join lateral (
      select k.opens_at <= now() as is_open, y.ships_on
      from cycle_listings k join order_cycles y on y.id = k.cycle_id
      where k.listing_id = l.id and l.sold_in_cycles and not k.is_off and k.closes_at > now()
      order by k.closes_at limit 1
    ) w on true
    where l.status = 'published' and l.id = any(${[...listingIds]}::uuid[])
    order by l.id`.execute(db);
  return rows.map(complete);
}

function complete({ publishedAt, aliases, otherNames, kinds, ...row }: Row): SearchDocument {
  // Not the English title: "honey mandarins" are no honey, and its category says what it is.
  const spokenOf = [row.titleZh, row.categoryZh[0], row.categoryEn[0]].join(" · ");
  return {
    ...row,
    publishedAt: publishedAt.toISOString(),
    aliases: (aliases ?? []).slice(0, MOST_ALIASES),
    synonyms: [
      // 蜜柚 is a name of this pomelo, and of no other one.
      ...new Set([
        ...synonymTerms(spokenOf),
        ...otherNames,
        ...cropNamesSaid(row.titleZh),
        ...kinds.filter((kind) => row.titleZh.includes(kind)),
      ]),
    ],
  };
}
