import { type Kysely, sql } from "kysely";
import { validate as isUuid } from "uuid";
import type { PhotoView } from "#app/domain/photos/read-photos.ts";
import { type RegionNames, regionPath } from "#app/domain/regions/region-path.ts";
import type { DB } from "#db/schema.d.ts";
import { type Certificate, certificatesOf } from "../certificates/read-certificates.ts";
import { freightTermsOf } from "../cooperatives/shipping-columns.ts";
import { windowOf } from "../cycles/window.ts";
import { type SaleWindow, shippingDay } from "../cycles/window-rule.ts";
import type { FreightTerms } from "../orders/freight.ts";
import { photosOf } from "./listing-photos.ts";

type Both = { zh: string; en: string };

/** Everything the public may know of one listing; of its households only alias and share. */
export type PublicListing = {
  id: string;
  status: "published" | "paused" | "withdrawn";
  title: Both;
  description: Both;
  category: Both & { code: string; group: (Both & { code: string }) | null };
  grade: "premium" | "first" | "second" | "ungraded";
  unit: "box-5jin" | "kg" | "bag" | "head";
  unitGrams: number;
  priceFen: number;
  harvestedOn: string;
  /** The day from which a pre-sale, or what is sold in a cycle, is sent. */
  shipsFrom: string | null;
  /** Of what is sold in cycles alone, when: in the open one, or the next. */
  window: SaleWindow | null;
  village: Both;
  region: Both;
  county: Both & { code: string };
  cooperative: Both & { slug: string; feeBasisPoints: number; freight: FreightTerms };
  /** The aliases of the households whose lots these are, those with stock first. */
  aliases: (Both & { page: string })[];
  available: number;
  /** Sale units that one order may take; null where there is no bound. */
  mostPerOrder: number | null;
  photos: PhotoView[];
  /** What counts today. */
  certificates: Certificate[];
};

/**
 * Reads a listing for its public page, in one query. Null for an id that is unknown, that is no
 * id at all, or that is still a draft. Money in fen per sale unit, weights in grams.
 */
export async function readListing(
  db: Kysely<DB>,
  listingId: string,
  now: Date = new Date(),
): Promise<PublicListing | null> {
  if (!isUuid(listingId)) return null;
  const { rows } = await sql<PublicListing & { regions: RegionNames[] }>`
    with recursive above as (
      select r.code, r.parent_code, r.level, r.name_zh, r.name_en
      from regions r join listings l on l.region_code = r.code where l.id = ${listingId}
      union all
      select r.code, r.parent_code, r.level, r.name_zh, r.name_en
      from regions r join above on r.code = above.parent_code
    )
    select l.id, l.status, l.grade, l.unit, l.unit_grams as "unitGrams",
      l.price_fen as "priceFen", l.harvested_on as "harvestedOn",
      l.ships_from as "shipsFrom", l.most_per_order as "mostPerOrder",
      ${windowOf("l", now)} as window,
      json_build_object('zh', l.title_zh, 'en', l.title_en) as title,
      json_build_object('zh', l.description_zh, 'en', l.description_en) as description,
      json_build_object('zh', l.village_zh, 'en', l.village_en) as village,
      json_build_object('code', k.code, 'zh', k.name_zh, 'en', k.name_en, 'group', (
        select json_build_object('code', g.code, 'zh', g.name_zh, 'en', g.name_en)
        from categories g where g.code = k.parent_code)) as category,
      (select json_build_object('code', code, 'zh', name_zh, 'en', name_en) from regions
        where code = left(l.region_code, 6)) as county,
      json_build_object('zh', c.name_zh, 'en', c.name_en, 'slug', c.slug,
        'feeBasisPoints', c.fee_basis_points, 'freight', ${freightTermsOf("c")}) as cooperative,
      coalesce((select sum(available)::int from lots where listing_id = l.id), 0) as available,
      coalesce((select json_agg(json_build_object('zh', zh, 'en', en, 'page', page)
          order by spent, first) from (
          select h.alias_zh as zh, h.alias_en as en, h.page_name as page, sum(lots.available) = 0 as spent,
            min(lots.harvested_on) as first
          from lots join households h on h.id = lots.household_id where lots.listing_id = l.id
          group by h.id) as named), '[]') as aliases,
      (select json_agg(json_build_object('nameZh', name_zh, 'nameEn', name_en) order by level)
        from above) as regions,
      ${photosOf(sql.ref("l.id"))} as photos,
      ${certificatesOf(sql.ref("l.id"))} as certificates
    from listings l
    join cooperatives c on c.id = l.cooperative_id
    join categories k on k.code = l.category_code
    where l.id = ${listingId} and l.status <> 'draft'`.execute(db);
  const row = rows[0];
  if (!row) return null;
  const { regions, ...listing } = row;
  const shipsFrom = shippingDay(listing.window, listing.shipsFrom);
  return { ...listing, shipsFrom, region: regionPath(regions) };
}
