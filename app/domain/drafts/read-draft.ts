import type { Kysely, Transaction } from "kysely";
import type { HouseholdScope, SellerScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import type { Draft, DraftFields } from "./draft-fields.ts";

function drafts(db: Kysely<DB> | Transaction<DB>, { householdId }: SellerScope) {
  return db
    .selectFrom("listing_drafts")
    .where("household_id", "=", householdId)
    .select(["id", "version"])
    .select((one) => one.ref("fields").$castTo<DraftFields>().as("fields"))
    .select([
      "photo_ids as photoIds",
      "copied_from as copiedFrom",
      "published_listing_id as publishedListingId",
      "updated_at as updatedAt",
    ]);
}

/** One draft of the household, published or not; undefined when it is unknown or not hers. */
export async function readDraft(
  db: Kysely<DB>,
  scope: HouseholdScope,
  draftId: string,
): Promise<Draft | undefined> {
  return drafts(db, scope).where("id", "=", draftId).executeTakeFirst();
}

/** The draft, locked until the transaction ends: whoever else saves it waits. */
export async function lockDraft(
  trx: Transaction<DB>,
  scope: SellerScope,
  draftId: string,
): Promise<Draft | undefined> {
  return drafts(trx, scope).where("id", "=", draftId).forUpdate().executeTakeFirst();
}

/** What the household has begun and not published, newest first. */
export async function readOpenDrafts(db: Kysely<DB>, scope: HouseholdScope): Promise<Draft[]> {
  return drafts(db, scope)
    .where("published_listing_id", "is", null)
    .orderBy("updated_at", "desc")
    .execute();
}
