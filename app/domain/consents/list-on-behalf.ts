import type { Kysely } from "kysely";
import { type Published, type PublishInput, putUp } from "#app/domain/listings/publish-listing.ts";
import type { OnBehalfScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { askHousehold, type CannotAsk, whereItCanBeAsked } from "./ask-household.ts";

export type ListedOnBehalf = Published | CannotAsk;

/**
 * Lists for a household of the manager's cooperative what it has at hand: a draft on the
 * household's own relief account, which nobody is shown, and the question whether it agrees, all
 * or nothing. Without an answer in 24 hours from its message it is refused. Price in fen for one sale unit, weight
 * in grams. The same client key, or the very same offer within half an hour, is one listing and
 * one question; of a key whose form said something else it is told as `saidBefore`.
 *
 * Fails as `publishListing` does; with `no-phone` when nobody of the household can be asked; with
 * `asked-too-often` after 5 questions on one day in Shanghai. Locks the household's row: two forms
 * for one household come one after the other.
 */
export async function listOnBehalf(
  db: Kysely<DB>,
  scope: OnBehalfScope,
  input: PublishInput,
  now: Date = new Date(),
): Promise<ListedOnBehalf> {
  return whereItCanBeAsked(db, scope, async (trx) => {
    const listed = await putUp(trx, scope, input, { status: "draft", now });
    if (listed.ok && listed.isNew) await askHousehold(trx, scope, listed.listingId, now);
    return listed;
  });
}
