import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  redirect,
} from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { v7 as uuidv7 } from "uuid";
import { mendListed } from "#app/domain/consents/mend-listed.ts";
import { type AskedConsent, readAskedConsent } from "#app/domain/consents/read-coop-listings.ts";
import { readCrops, readLastCrops } from "#app/domain/listings/read-crops.ts";
import {
  type OwnListing,
  readListedDraft,
  readOwnListing,
} from "#app/domain/listings/read-own-listings.ts";
import { readPriceGuides } from "#app/domain/listings/read-price-guidance.ts";
import { readListingKeys } from "#app/domain/listings/read-taken-keys.ts";
import type { KeptPhotos } from "#app/forms/keep-photos.ts";
import type { FieldErrors, FormValues } from "#app/forms/read-form.ts";
import { switchLocale } from "#app/i18n/switch-locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { type AskedPrice, askAboutPrice } from "#app/offers/ask-about-price.ts";
import { notFound } from "#app/offers/desk.ts";
import { ENTER_FINDS_CROP, isFindingCrop } from "#app/offers/is-finding-crop.ts";
import { leadOn } from "#app/offers/lead-on.ts";
import { managerKey } from "#app/offers/manager-key.ts";
import { errorsOfRefusal, readSentOffer } from "#app/offers/read-sent-offer.ts";
import { Notice, PageTitle } from "#app/ui/layout.tsx";
import { MendForm } from "./mend-form.tsx";
import { coopDesk, openListed } from "./open-listing.ts";

export const handle = {
  area: "coop",
  enhance: [
    ...["form-values", "photo-shelf", "kept-words", "keep-typed"],
    ...["photo-shrink", "photo-rows", "photo-upload"],
    "photo-choice",
    ...["price-per-jin", "quantity-buttons", "mended"],
  ],
  keptForm: { id: "listing", enter: ENTER_FINDS_CROP },
};

export async function loader(args: LoaderFunctionArgs) {
  const { coop, scope, household, listing } = await openListed(args);
  const { db, locale } = args.context;
  const consent = await readAskedConsent(db, coop, listing.id);
  if (!consent) throw notFound();
  const { replacedBy } = consent;
  const lastCrops = await readLastCrops(db, scope);
  return {
    title: translator(locale, "consent")("mend.title"),
    ...{ household, listing, consent },
    // What another manager has mended it to.
    mended: replacedBy
      ? ((await readOwnListing(db, scope, replacedBy)) ??
        (await readListedDraft(db, scope, replacedBy)))
      : undefined,
    crops: await readCrops(db, locale),
    lastCrops,
    prices: await readPriceGuides(db, scope, [listing.categoryCode, ...lastCrops]),
    clientKey: uuidv7(),
    takenKeys: await readListingKeys(db, scope),
    typedBy: managerKey(scope),
  };
}

export type RefusedMend = {
  values: FormValues;
  errors: FieldErrors;
  kept: KeptPhotos;
  notice?: string;
  asked?: AskedPrice;
};

const refuse = (refused: RefusedMend, status = 422) => data(refused, { status });

export async function action(args: ActionFunctionArgs) {
  const { request, context } = args;
  const { scope, listing } = await openListed(args);
  const sent = await readSentOffer(context, scope, request);
  if (!sent) throw new Response("Bad request", { status: 400 });
  const { values, errors, kept, offer, form } = sent;
  if (switchLocale(context, form.get("locale")) || isFindingCrop(form)) {
    return refuse({ values, errors: { photo: kept.error }, kept }, 200);
  }
  if (Object.keys(errors).length > 0) return refuse({ values, errors, kept });
  const asked = await askAboutPrice(context, scope, form, offer);
  if (asked) return refuse({ values, errors: {}, kept, asked });
  const t = translator(context.locale, "consent");
  const mended = await mendListed(context.db, scope, { ...offer, listingId: listing.id });
  if (mended.ok) {
    const isSame = mended.listingId === listing.id;
    const done = mended.isTwin ? "asked-already" : "mended";
    const path = coopDesk.path(mended.listingId, isSame ? "same-draft" : done);
    return redirect(leadOn(path, form), 303);
  }
  switch (mended.reason) {
    case "listing-unknown":
      throw notFound();
    case "answered-otherwise":
      return refuse({ values, errors: {}, kept }, 409);
    case "no-phone":
      return refuse({ values, errors: {}, kept, notice: t("offer.noPhone") });
    case "asked-too-often":
      return refuse({ values, errors: {}, kept, notice: t("offer.tooOften") }, 429);
    case "no-relief-account":
      return refuse({ values, errors: {}, kept, notice: t("offer.noAccount") });
    default:
      return refuse({ values, errors: errorsOfRefusal(mended), kept });
  }
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [{ title: loaded?.title }];

export default function MendPage() {
  const loaded = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const t = useTranslations("consent.mend");
  const { listing, consent, mended, title, ...page } = loaded;
  const back = coopDesk.path(mended?.id ?? listing.id);
  return (
    <div className="narrow stack">
      <PageTitle back={{ href: back, label: t("back") }}>{title}</PageTitle>
      {consent.answer && !refused ? (
        <Notice tone="earth" title={t("over")}>
          {t("overBody")}
        </Notice>
      ) : (
        <MendForm
          {...page}
          listing={listing as unknown as OwnListing}
          consent={consent as unknown as AskedConsent}
          mended={mended as unknown as OwnListing | undefined}
          refused={refused}
        />
      )}
    </div>
  );
}
