import type { Kysely } from "kysely";
import { validate as isUuid } from "uuid";
import { type Published, type PublishInput, putUp } from "#app/domain/listings/publish-listing.ts";
import type { HouseholdScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { closeDraft } from "./close-draft.ts";
import type { Draft } from "./draft-fields.ts";
import { lockDraft } from "./read-draft.ts";

export type PublishedTaken = Published | { ok: false; reason: "draft-changed"; theirs: Draft };

/**
 * Publishes what a phone, without a signal, made of a draft that it took along: the offer's client
 * key is the draft's id. Publishes and closes the draft in one transaction, if the draft is still as
 * the phone knows it (`version`; null when it does not say). An offer that is of no open draft is
 * published as any other.
 *
 * Fails with `draft-changed` when the draft was saved since: then nothing is published, and theirs is
 * given to be compared and asked about. Else fails as `publishListing` does; the draft then stays
 * open. Locks the draft's row until both are written, so that nobody's words are saved into a draft
 * that is just being closed; then as `publishListing`.
 */
export async function publishTaken(
  db: Kysely<DB>,
  scope: HouseholdScope,
  offer: PublishInput,
  version: number | null,
  now: Date = new Date(),
): Promise<PublishedTaken> {
  return db.transaction().execute(async (trx) => {
    const draft = isUuid(offer.clientKey)
      ? await lockDraft(trx, scope, offer.clientKey)
      : undefined;
    const open = draft?.publishedListingId === null ? draft : undefined;
    if (open && open.version !== version) {
      return { ok: false, reason: "draft-changed", theirs: open };
    }
    const published = await putUp(trx, scope, offer, { status: "published", now });
    if (open && published.ok) await closeDraft(trx, scope, open.id, published.listingId, now);
    return published;
  });
}
