import { type ActionFunctionArgs, data, redirect } from "@remix-run/server-runtime";
import { editListing } from "#app/domain/listings/edit-listing.ts";
import { gramsOf } from "#app/domain/listings/offer-rules.ts";
import { type HistoryEntry, readHistory } from "#app/domain/listings/read-history.ts";
import type { OwnListing } from "#app/domain/listings/read-own-listings.ts";
import type { KeptPhotos } from "#app/forms/keep-photos.ts";
import type { FieldErrors, FormValues } from "#app/forms/read-form.ts";
import { switchLocale } from "#app/i18n/switch-locale.ts";
import { type AskedPrice, askAboutPrice } from "./ask-about-price.ts";
import { formOf } from "./changed-notice.tsx";
import { type Desk, notFound } from "./desk.ts";
import { readPhotoForm } from "./keep-photos.ts";
import { leadOn } from "./lead-on.ts";
import { readOffer } from "./read-offer.ts";
import { stayingErrors } from "./stays-notice.tsx";
import { versionOf } from "./version-of.ts";

/** An edit that comes back: what was typed, what is wrong, and who has saved meanwhile. */
export type RefusedEdit = {
  values: FormValues;
  errors: FieldErrors;
  kept: KeptPhotos;
  changedBy?: HistoryEntry["by"];
  asked?: AskedPrice;
};

const refuse = (refused: RefusedEdit, status = 422) => data(refused, { status });

/** The form as a whole offer: what an edit cannot change is filled in from the listing. */
function readEdit(form: FormData, listing: OwnListing, photoIds: string[]) {
  const fixed = formOf(listing);
  form.set("clientKey", listing.id);
  form.set("category", listing.categoryCode);
  form.set("quantity", "1");
  for (const name of ["unit", "unitGrams", "harvestedOn"] as const) {
    if (!form.has(name)) form.set(name, fixed[name] ?? "");
  }
  const cover = form.get("coverId");
  const ordered = photoIds.toSorted((a, b) => Number(b === cover) - Number(a === cover));
  return readOffer(form, ordered);
}

/**
 * Takes the form of edit-form.tsx: saved it leads back to the listing, else it comes back whole. Of
 * another household's page nothing is kept (409).
 */
export async function takeEdit(desk: Desk, args: ActionFunctionArgs) {
  const { context } = args;
  const sent = await readPhotoForm(context, await desk.enter(args), args.request);
  if (!sent) throw new Response("Bad request", { status: 400 });
  const { scope, listing } = await desk.open(args);
  const { form, kept } = sent;
  const isUnfinished = switchLocale(context, form.get("locale"));
  const photoIds = kept.photos.map(({ id }) => id);
  const { values, errors, offer } = await readEdit(form, listing, photoIds);
  if (kept.error) errors.photo = kept.error;
  Object.assign(errors, stayingErrors(listing, values));
  if (isUnfinished) return refuse({ values, errors: { photo: errors.photo }, kept }, 200);
  if (Object.keys(errors).length > 0) return refuse({ values, errors, kept });
  const grams = gramsOf(offer.unit, offer.unitGrams);
  const isNewPrice = offer.priceFen !== listing.priceFen || grams !== listing.unitGrams;
  const asked = isNewPrice ? await askAboutPrice(context, scope, form, offer, listing) : undefined;
  if (asked) return refuse({ values, errors: {}, kept, asked });
  const version = versionOf(form) ?? 0;
  const edit = { ...offer, listingId: listing.id, version };
  const edited = await editListing(context.db, scope, edit);
  if (edited.ok) {
    const path = desk.path(listing.id, edited.isChanged ? "edited" : "same");
    return redirect(leadOn(path, form), 303);
  }
  switch (edited.reason) {
    case "listing-unknown":
      throw notFound();
    case "listing-withdrawn":
      return refuse({ values, errors: {}, kept }, 409);
    case "listing-changed": {
      const [last] = await readHistory(context.db, scope, listing.id);
      return refuse({ values, errors: {}, kept, changedBy: last?.by ?? "me" }, 409);
    }
    case "offer-invalid": {
      const { photos, ...problems } = edited.problems;
      return refuse({ values, errors: photos ? { ...problems, photo: photos } : problems, kept });
    }
    case "agreed-otherwise":
      return refuse({ values, errors: edited.problems, kept });
    case "photo-not-yours":
      return refuse({ values, errors: { photo: edited.reason }, kept });
    case "unit-fixed":
      return refuse({ values, errors: { unit: edited.reason }, kept });
    case "harvest-fixed":
      return refuse({ values, errors: { harvestedOn: edited.reason }, kept });
    case "ships-after-cycle":
      return refuse({ values, errors: { shipsFrom: edited.reason }, kept });
    case "presale-full":
      return refuse({ values, errors: { presaleLimit: "presale-below" }, kept });
  }
}
