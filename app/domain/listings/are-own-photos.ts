import type { Transaction } from "kysely";
import { isOwnPhoto } from "#app/domain/photos/is-own-photo.ts";
import type { SellerScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";

/** Whether every one of these photos is the household's, and none was refused since. */
export async function areOwnPhotos(
  trx: Transaction<DB>,
  scope: SellerScope,
  photoIds: readonly string[],
): Promise<boolean> {
  const rows = await trx
    .selectFrom("photos")
    .select("id")
    .where(isOwnPhoto(scope.householdId))
    .where("id", "in", photoIds)
    .where("state", "<>", "refused")
    .execute();
  return rows.length === photoIds.length;
}
