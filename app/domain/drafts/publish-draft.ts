import type { Kysely } from "kysely";
import type { PublishInput } from "#app/domain/listings/publish-listing.ts";
import type { HouseholdScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import type { Draft } from "./draft-fields.ts";
import { type PublishedTaken, publishTaken } from "./publish-taken.ts";

/**
 * Publishes what a draft said when it was read, and closes it. The draft's id is the listing's client
 * key: a second sending meets the same listing. Fails as `publishTaken` does, with `draft-changed`
 * when another phone has saved into it since it was read; the draft then stays open. Locks as it does.
 */
export function publishDraft(
  db: Kysely<DB>,
  scope: HouseholdScope,
  draft: Draft,
  offer: Omit<PublishInput, "clientKey">,
  now: Date = new Date(),
): Promise<PublishedTaken> {
  return publishTaken(db, scope, { ...offer, clientKey: draft.id }, draft.version, now);
}
