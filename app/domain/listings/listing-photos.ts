import { type RawBuilder, sql } from "kysely";
import type { PhotoView } from "#app/domain/photos/read-photos.ts";

/** The photos of a listing in their order, refused ones left out, as one JSON column. */
export function photosOf(listingId: RawBuilder<unknown>, most = 6): RawBuilder<PhotoView[]> {
  return sql<PhotoView[]>`coalesce((
    select json_agg(shown order by position) from (
      select lp.position, p.id, p.state, p.width, p.height, p.placeholder, p.variants
      from listing_photos lp join photos p on p.id = lp.photo_id
      where lp.listing_id = ${listingId} and p.state <> 'refused'
      order by lp.position limit ${most}
    ) shown), '[]')`;
}
