import type { AppLoadContext } from "@remix-run/server-runtime";
import { draftDifferences } from "#app/domain/drafts/draft-differences.ts";
import { publishTaken } from "#app/domain/drafts/publish-taken.ts";
import { type Published, publishListing } from "#app/domain/listings/publish-listing.ts";
import type { HouseholdScope } from "#app/domain/scopes.ts";
import type { FieldErrors } from "#app/forms/read-form.ts";
import { errorsOfRefusal, type SentOffer } from "#app/offers/read-sent-offer.ts";
import type { SentBefore } from "#app/offers/sent-before.tsx";
import { judgeDraft } from "../drafts/judge-draft.ts";
import { type SaidDifference, sayDifferences } from "./say-differences.ts";

type Refused = { ok: false; errors: FieldErrors; hasNoAccount: boolean };
/** The same form has put up something else before: nothing of this is for sale. */
type Before = { ok: false; before: SentBefore };
export type PublishedOffer = { ok: true; listingId: string; isNew: boolean; isTwin: boolean };

/** What an offer's draft says otherwise by now, and as of which saving. */
export type DraftDiffers = { of: "draft"; version: string; facts: SaidDifference[] };

/** A draft as the phone took it along: the saving that she knows, and the photos it had. */
type TakenDraft = { version: number | null; photoIds: readonly string[] };

type Sent = Pick<SentOffer, "offer" | "errors">;

/**
 * Publishes an offer in which nothing is wrong; what the database then refuses is said by field, and
 * what this very form has put up before, saying something else, is `before`.
 */
export async function publishSentOffer(
  { db }: AppLoadContext,
  scope: HouseholdScope,
  { offer, errors }: Sent,
): Promise<PublishedOffer | Refused | Before> {
  if (Object.keys(errors).length > 0) return { ok: false, errors, hasNoAccount: false };
  const published = await publishListing(db, scope, offer);
  if (published.ok && published.saidBefore) {
    const href = `/farm/listings/${published.listingId}/edit`;
    return { ok: false, before: { ...published.saidBefore, href } };
  }
  return answerOf(published);
}

/**
 * As `publishSentOffer`, for what a phone kept until it had a signal. Where it was begun as a draft
 * that says something else by now, it is asked about.
 */
export async function publishTakenOffer(
  context: AppLoadContext,
  scope: HouseholdScope,
  { offer, errors }: Sent,
  taken: TakenDraft,
): Promise<PublishedOffer | Refused | { ok: false; differs: DraftDiffers }> {
  if (Object.keys(errors).length > 0) return { ok: false, errors, hasNoAccount: false };
  const published = await publishTaken(context.db, scope, offer, taken.version);
  if (published.ok || published.reason !== "draft-changed") return answerOf(published);
  const { theirs } = published;
  const read = await judgeDraft(theirs, new Date());
  const differences = draftDifferences(theirs, read.offer, offer, taken.photoIds);
  const facts = await sayDifferences(context, differences);
  if (facts.length > 0) {
    return { ok: false, differs: { of: "draft", version: String(theirs.version), facts } };
  }
  // Of what this saving says nothing would be lost; of a later one that is asked anew.
  const { version } = theirs;
  return publishTakenOffer(context, scope, { offer, errors }, { ...taken, version });
}

function answerOf(published: Published): PublishedOffer | Refused {
  if (published.ok) {
    const { listingId, isNew } = published;
    return { ok: true, listingId, isNew, isTwin: published.isTwin === true };
  }
  const hasNoAccount = published.reason === "no-relief-account";
  return { ok: false, errors: errorsOfRefusal(published), hasNoAccount };
}

/** Where a listing that has just been made is shown. */
export const publishedPath = ({ listingId, isTwin }: { listingId: string; isTwin?: boolean }) =>
  `/farm/listings/${listingId}?done=${isTwin ? "twin" : "published"}`;
