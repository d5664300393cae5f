import { type RawBuilder, sql } from "kysely";

/**
 * True of a row of `photos` that is the household's: it sent it in, or it already shows one of its
 * listings, which somebody else may have put up for it. Needs `photos` in the statement.
 */
export function isOwnPhoto(householdId: string): RawBuilder<boolean> {
  return sql<boolean>`(photos.uploaded_by = ${householdId} or exists (
    select from listing_photos shown join listings l on l.id = shown.listing_id
    where shown.photo_id = photos.id and l.created_by_household_id = ${householdId}))`;
}
