import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { cardsOf, hasStock, type ListingCard } from "./read-cards.ts";

/** As far as it looks back: a crop may have thousands of listings. */
const NEWEST = 40;

/**
 * What else is in stock of the same crop, other households' first, then the newest. Of the crop's
 * newest forty at most. Locks nothing, cannot fail.
 */
export async function readSimilarCards(
  db: Kysely<DB>,
  locale: "zh" | "en",
  { id, category, limit }: { id: string; category: string; limit: number },
): Promise<ListingCard[]> {
  return cardsOf(
    db,
    locale,
    sql`select id, row_number() over (order by is_own, published_at desc, id) as place from (
        select n.id, n.published_at, exists (
          select 1 from lots a join lots b on b.household_id = a.household_id
          where a.listing_id = n.id and b.listing_id = ${id}) as is_own
        from listings n
        where n.category_code = ${category} and n.status = 'published' and n.id <> ${id}
          and ${hasStock}
        order by n.published_at desc, n.id limit ${NEWEST}
      ) of_crop
      order by is_own, published_at desc, id limit ${limit}`,
  );
}
