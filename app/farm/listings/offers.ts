import type { ActionFunctionArgs, AppLoadContext } from "@remix-run/server-runtime";
import { currentUser, requireHousehold } from "#app/account/guards.ts";
import {
  type Amended,
  amendPublished,
  differencesOf,
  offeredOf,
  type Shown,
} from "#app/domain/listings/amend-published.ts";
import { type OwnListing, readPublishedByKey } from "#app/domain/listings/read-own-listings.ts";
import type { HouseholdScope } from "#app/domain/scopes.ts";
import { isSameHousehold } from "#app/forms/household-key.ts";
import type { FieldErrors } from "#app/forms/read-form.ts";
import { readSentOffer, type SentOffer } from "#app/offers/read-sent-offer.ts";
import { versionOf } from "#app/offers/version-of.ts";
import { type SaidDifference, sayDifferences } from "./say-differences.ts";
import { type DraftDiffers, publishTakenOffer } from "./take-offer.ts";

type WhyRefused = {
  hasNoAccount?: boolean;
  isOver?: boolean;
  /** As what the very same offer is on sale since a moment ago. */
  twin?: string;
};

/** What becomes of a listing that a phone kept until it had a signal. */
type OfferAnswer =
  | { state: "published"; listingId: string }
  /** It was published before, and by now says something else: of that she is asked. */
  | { state: "published"; listingId: string; differs: { version: string; facts: SaidDifference[] } }
  /** It is not published: the draft it was made of says something else by now, and she is asked. */
  | { state: "differs"; differs: DraftDiffers }
  | ({ state: "refused"; errors: FieldErrors } & WhyRefused)
  | { state: "sign-in" };

const answer = (body: OfferAnswer, status = 200) => Response.json(body, { status });
const refuse = (errors: FieldErrors, why: WhyRefused = {}) =>
  answer({ state: "refused", errors, ...why }, 422);

/**
 * Takes a whole offer, its photos by the ids they got at /farm/uploads, and answers in JSON: for the
 * script that sends what was listed without a signal. The client key makes it one listing, however
 * often it is sent; with `version`, that listing as it was shown is to say what the phone says; with
 * `draftVersion` it was made of that saving of a draft, or she was shown that one when she chose, and
 * `draftPhotoId` are the photos that the phone took along with it.
 * Photos may also come in the same sending, as an older script's do.
 */
export async function action({ request, context }: ActionFunctionArgs): Promise<Response> {
  if (!(await currentUser(request, context))) return answer({ state: "sign-in" }, 401);
  const scope = await requireHousehold(request, context);
  if (!isSameHousehold(request, scope)) return answer({ state: "sign-in" }, 401);
  const sent = await readSentOffer(context, scope, request);
  if (!sent) return refuse({ form: "invalid" });
  const findPublished = () => readPublishedByKey(context.db, scope, sent.offer.clientKey);
  const known = await findPublished();
  if (known) return meet(context, scope, known, sent);
  const published = await publishTakenOffer(context, scope, sent, {
    version: versionOf(sent.form, "draftVersion"),
    photoIds: sent.form.getAll("draftPhotoId").map(String),
  });
  if ("differs" in published) return answer({ state: "differs", differs: published.differs });
  if (!published.ok) return refuse(published.errors, { hasNoAccount: published.hasNoAccount });
  // Another sending of it may have been first after all.
  const other = published.isNew ? undefined : await findPublished();
  if (other) return meet(context, scope, other, sent);
  if (published.isTwin) return refuse({ quantity: "offer-twin" }, { twin: sent.offer.titleZh });
  return answer({ state: "published", listingId: published.listingId });
}

/** What was published before meets what the phone says by now. */
async function meet(
  context: AppLoadContext,
  scope: HouseholdScope,
  listing: OwnListing,
  { offer, errors, form }: SentOffer,
): Promise<Response> {
  const { id: listingId } = listing;
  const differences = differencesOf(listing, offer);
  if (differences.length === 0) return answer({ state: "published", listingId });
  if (Object.keys(errors).length > 0) return refuse(errors);
  const ask = async (now: OwnListing) => {
    const facts = await sayDifferences(context, differencesOf(now, offer));
    if (facts.length === 0) return answer({ state: "published", listingId });
    const version = `${now.version}-${offeredOf(now)}`;
    return answer({ state: "published", listingId, differs: { version, facts } });
  };
  const shown = shownOf(form);
  if (shown?.version !== listing.version) return ask(listing);
  const amended = await amendPublished(context.db, scope, { listingId, shown, offer });
  if (amended.ok) return answer({ state: "published", listingId });
  if (amended.reason === "listing-changed") {
    return ask((await readPublishedByKey(context.db, scope, offer.clientKey)) ?? listing);
  }
  const isOver = ["listing-withdrawn", "listing-unknown"].includes(amended.reason);
  return isOver ? refuse({}, { isOver }) : refuse(errorsOf(amended));
}

/** What she was shown when she chose; null when she has not, or her phone does not say how much. */
function shownOf(form: FormData): Shown | null {
  const sent = /^([1-9]\d{0,8})-(\d{1,9})$/.exec(String(form.get("version") ?? ""));
  return sent && { version: Number(sent[1]), offered: Number(sent[2]) };
}

function errorsOf(refused: Extract<Amended, { ok: false }>): FieldErrors {
  switch (refused.reason) {
    case "offer-invalid": {
      const { photos, ...problems } = refused.problems;
      return photos ? { ...problems, photo: photos } : problems;
    }
    case "category-fixed":
      return { category: refused.reason };
    case "less-than-sold":
      return { quantity: refused.reason };
    case "restock-presale-full":
      return { quantity: "presale-full" };
    case "presale-full":
      return { presaleLimit: "presale-below" };
    case "photo-not-yours":
      return { photo: refused.reason };
    case "unit-fixed":
      return { unit: refused.reason };
    case "ships-after-cycle":
      return { shipsFrom: refused.reason };
    case "harvest-fixed":
      return { harvestedOn: refused.reason };
    default:
      return { form: "invalid" };
  }
}
