import type { Transaction } from "kysely";
import type { SellerScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";

/** Whether the household sent in every one of these photos, and none was refused since. */
export async function areOwnPhotos(
  trx: Transaction<DB>,
  scope: SellerScope,
  photoIds: readonly string[],
): Promise<boolean> {
  const rows = await trx
    .selectFrom("photos")
    .select("id")
    .where("uploaded_by", "=", scope.householdId)
    .where("id", "in", photoIds)
    .where("state", "<>", "refused")
    .execute();
  return rows.length === photoIds.length;
}
