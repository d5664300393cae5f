import type { Kysely, Transaction } from "kysely";
import type { SellerScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";

/** A photo that comes in pieces. It is over when it has a `photoId` or a `refusedReason`. */
export type PhotoUpload = {
  id: string;
  key: string;
  /** Bytes of the whole. */
  length: number;
  draftId: string | null;
  photoId: string | null;
  refusedReason: string | null;
  expiresAt: Date;
};

/** Whether nothing more will come of it. */
export function isOver({ photoId, refusedReason }: PhotoUpload): boolean {
  return photoId !== null || refusedReason !== null;
}

/** The household's upload of this key; undefined when it is unknown, another's or too old. */
export async function readUpload(
  db: Kysely<DB> | Transaction<DB>,
  { householdId }: SellerScope,
  key: string,
): Promise<PhotoUpload | undefined> {
  return db
    .selectFrom("photo_uploads")
    .select(["id", "key", "length"])
    .select([
      "draft_id as draftId",
      "photo_id as photoId",
      "refused_reason as refusedReason",
      "expires_at as expiresAt",
    ])
    .where("household_id", "=", householdId)
    .where("key", "=", key)
    .where("expires_at", ">", new Date())
    .executeTakeFirst();
}
