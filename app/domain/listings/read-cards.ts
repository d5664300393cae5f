import { type Kysely, type RawBuilder, sql } from "kysely";
import type { PhotoView } from "#app/domain/photos/read-photos.ts";
import type { DB } from "#db/schema.d.ts";
import type { CertificateKind } from "../certificates/certificate-rule.ts";
import { vouchedFor } from "../certificates/read-certificates.ts";
import { isInWindow, windowOf } from "../cycles/window.ts";
import { type SaleWindow, shippingDay } from "../cycles/window-rule.ts";

type Locale = "zh" | "en";

/** What the public sees of a listing at a glance; of its households only alias and village. */
export type ListingCard = {
  id: string;
  title: string;
  village: string;
  county: string;
  regionCode: string;
  /** The alias of the household whose lot came in first. */
  alias: string | null;
  /** The address of that household's page, where it sells alone. */
  householdPage: string | null;
  households: number;
  coop: string;
  grade: "premium" | "first" | "second" | "ungraded";
  unit: "box-5jin" | "kg" | "bag" | "head";
  unitGrams: number;
  priceFen: number;
  harvestedOn: string;
  /** The day from which a pre-sale, or what is sold in a cycle, is sent. */
  shipsFrom: string | null;
  photo: Omit<PhotoView, "id"> | null;
  inStock: boolean;
  /** What it is certified for today by others than its growers. */
  certified: CertificateKind[];
  /** Of what is sold in cycles alone, when. */
  window: SaleWindow | null;
};

/** English where it is asked for and written, else Chinese; `zh` and `en` name columns. */
export const either = (locale: Locale, zh: string, en: string): RawBuilder<string> =>
  locale === "en" ? sql`coalesce(nullif(${sql.ref(en)}, ''), ${sql.ref(zh)})` : sql`${sql.ref(zh)}`;

/** `picked` selects (id, place): which published listings, in what order. Cannot fail. */
export async function cardsOf(
  db: Kysely<DB>,
  locale: Locale,
  picked: RawBuilder<unknown>,
): Promise<ListingCard[]> {
  const { rows } = await sql<ListingCard>`
    with picked as materialized (${picked})
    select l.id, ${either(locale, "l.title_zh", "l.title_en")} as title,
      ${either(locale, "l.village_zh", "l.village_en")} as village,
      ${either(locale, "r.name_zh", "r.name_en")} as county, l.region_code as "regionCode",
      ${locale === "en" ? sql`h.alias_en` : sql`h.alias_zh`} as alias,
      case when h.households = 1 then h.page end as "householdPage",
      coalesce(h.households, 0)::int as households,
      ${either(locale, "c.name_zh", "c.name_en")} as coop, l.grade, l.unit,
      l.unit_grams as "unitGrams", l.price_fen as "priceFen", l.harvested_on as "harvestedOn",
      l.ships_from as "shipsFrom", ${windowOf("l", new Date())} as window,
      coalesce(h.in_stock, false) as "inStock", ${vouchedFor(sql`l.id`)} as certified,
      (select jsonb_build_object('state', p.state, 'variants', p.variants,
          'placeholder', p.placeholder, 'width', p.width, 'height', p.height)
        from listing_photos lp join photos p on p.id = lp.photo_id
        where lp.listing_id = l.id and p.state <> 'refused'
        order by p.state <> 'ready', lp.position limit 1) as photo
    from picked
    join listings l on l.id = picked.id and l.status = 'published'
    join cooperatives c on c.id = l.cooperative_id
    join regions r on r.code = left(l.region_code, 6)
    left join lateral (
      select count(distinct household_id) as households, bool_or(available > 0) as in_stock,
        min(hh.page_name) as page,
        (array_agg(hh.alias_zh order by lots.harvested_on, lots.id))[1] as alias_zh,
        (array_agg(hh.alias_en order by lots.harvested_on, lots.id))[1] as alias_en
      from lots join households hh on hh.id = lots.household_id where lots.listing_id = l.id
    ) h on true
    order by picked.place`.execute(db);
  return rows.map((row) => ({ ...row, shipsFrom: shippingDay(row.window, row.shipsFrom) }));
}

/**
 * The cards of the given listings, in the given order. A listing that is not published (any more)
 * is left out. Prices in fen for one sale unit, weights in grams. Locks nothing, cannot fail.
 */
export async function readCards(
  db: Kysely<DB>,
  locale: Locale,
  listingIds: readonly string[],
): Promise<ListingCard[]> {
  if (listingIds.length === 0) return [];
  const ids = sql`${[...listingIds]}::uuid[]`;
  return cardsOf(
    db,
    locale,
    sql`select id, place from unnest(${ids}) with ordinality as t(id, place)`,
  );
}

/** Of a listing `n`: is there anything left that can be ordered now? */
export const hasStock = sql`(exists (select 1 from lots where lots.listing_id = n.id and available > 0)
  and ${isInWindow("n")})`;

/** The newest listings that have stock, newest first. Locks nothing, cannot fail. */
export async function readNewestCards(
  db: Kysely<DB>,
  locale: Locale,
  limit: number,
): Promise<ListingCard[]> {
  return cardsOf(
    db,
    locale,
    sql`select n.id, row_number() over (order by n.published_at desc, n.id) as place
      from listings n where n.status = 'published' and ${hasStock}
      order by n.published_at desc, n.id limit ${limit}`,
  );
}
