import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  redirect,
} from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { v7 as uuidv7 } from "uuid";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import { listOnBehalf } from "#app/domain/consents/list-on-behalf.ts";
import { readShownHome } from "#app/domain/households/read-shown-home.ts";
import { readCrops, readLastCrops } from "#app/domain/listings/read-crops.ts";
import { type CropGuidance, readPriceGuides } from "#app/domain/listings/read-price-guidance.ts";
import { readListingKeys } from "#app/domain/listings/read-taken-keys.ts";
import type { KeptPhotos } from "#app/forms/keep-photos.ts";
import type { FieldErrors, FormValues } from "#app/forms/read-form.ts";
import { switchLocale } from "#app/i18n/switch-locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { type AskedPrice, askAboutPrice } from "#app/offers/ask-about-price.ts";
import { wholeFormOf } from "#app/offers/changed-notice.tsx";
import { readTermsByCrop } from "#app/offers/crop-terms.ts";
import { GrownAt } from "#app/offers/grown-at.tsx";
import { ENTER_FINDS_CROP, isFindingCrop } from "#app/offers/is-finding-crop.ts";
import { leadOn } from "#app/offers/lead-on.ts";
import { managerKey } from "#app/offers/manager-key.ts";
import { CropFields, EnglishField } from "#app/offers/offer-fields.tsx";
import { useOfferLabels } from "#app/offers/offer-labels.ts";
import { PhotoFields } from "#app/offers/photo-fields.tsx";
import { PriceFields } from "#app/offers/price-fields.tsx";
import { PriceGuides } from "#app/offers/price-guide.tsx";
import { PriceQuestion } from "#app/offers/price-question.tsx";
import { errorsOfRefusal, readSentOffer } from "#app/offers/read-sent-offer.ts";
import { type SentBefore, SentBeforeNotice } from "#app/offers/sent-before.tsx";
import { useTyped } from "#app/offers/use-typed.ts";
import { Button } from "#app/ui/button.tsx";
import { FormNotice, HiddenKey } from "#app/ui/form.tsx";
import { Notice, PageTitle } from "#app/ui/layout.tsx";
import { openHousehold, readLike } from "./open-household.ts";
import { coopDesk } from "./open-listing.ts";

export const handle = {
  area: "coop",
  enhance: [
    ...["form-values", "photo-shelf", "kept-words", "keep-typed"],
    ...["photo-shrink", "photo-rows", "photo-upload"],
    "photo-choice",
    ...["price-per-jin", "quantity-buttons", "crop-terms", "mended"],
  ],
  keptForm: { id: "listing", enter: ENTER_FINDS_CROP },
};

export async function loader(args: LoaderFunctionArgs) {
  const { household, onBehalf } = await openHousehold(args);
  const { db, locale } = args.context;
  const like = await readLike(args, onBehalf);
  const terms = await readTermsByCrop(db, onBehalf);
  const defaults: FormValues = {
    ...{ clientKey: uuidv7(), ...terms[""] },
    harvestedOn: shanghaiDay(new Date()),
    ...(like && wholeFormOf(like, like.available)),
  };
  const lastCrops = await readLastCrops(db, onBehalf);
  return {
    // Not the name: a title lands in the browser's history.
    title: translator(locale, "consent")("listings.new"),
    household,
    crops: await readCrops(db, locale),
    lastCrops,
    prices: await readPriceGuides(
      db,
      onBehalf,
      like ? [like.categoryCode, ...lastCrops] : lastCrops,
    ),
    terms,
    takenKeys: await readListingKeys(db, onBehalf),
    // Two managers may share a phone.
    typedBy: managerKey(onBehalf),
    defaults,
    home: await readShownHome(db, onBehalf, locale),
    like,
  };
}

const NONE_KEPT: KeptPhotos = { photos: [], refused: [] };

/** What else a page that is shown again says. */
type Again = {
  notice?: string;
  status?: number;
  guides?: Record<string, CropGuidance>;
  asked?: AskedPrice;
  before?: SentBefore;
};

function refuse(
  values: FormValues,
  errors: FieldErrors,
  kept: KeptPhotos,
  { status = 422, ...more }: Again = {},
) {
  return data({ values, errors, kept, ...more }, { status });
}

export async function action(args: ActionFunctionArgs) {
  const { request, context } = args;
  const { onBehalf } = await openHousehold(args);
  const sent = await readSentOffer(context, onBehalf, request);
  const isUnfinished =
    switchLocale(context, sent?.form.get("locale")) || (sent && isFindingCrop(sent.form));
  const t = translator(context.locale, "consent");
  if (!sent) return refuse({}, {}, NONE_KEPT, { notice: t("offer.bad") });
  const { values, errors, kept, offer } = sent;
  const { guides } = await readPriceGuides(context.db, onBehalf, [offer.categoryCode]);
  const again = (wrong: FieldErrors, more: Again = {}) =>
    refuse(values, wrong, kept, { guides, ...more });
  if (isUnfinished) return again({ photo: kept.error }, { status: 200 });
  if (Object.keys(errors).length > 0) return again(errors);
  const asked = await askAboutPrice(context, onBehalf, sent.form, offer);
  if (asked) return again({}, { asked });
  const listed = await listOnBehalf(context.db, onBehalf, offer);
  if (listed.ok && listed.saidBefore) {
    const before = { ...listed.saidBefore, href: coopDesk.path(listed.listingId) };
    return again({}, { before, status: 409 });
  }
  if (listed.ok) {
    const path = `/coop/listings?done=${listed.isTwin ? "twin" : "done"}`;
    return redirect(leadOn(path, sent.form), 303);
  }
  switch (listed.reason) {
    case "no-phone":
      return again({}, { notice: t("offer.noPhone") });
    case "asked-too-often":
      return again({}, { notice: t("offer.tooOften"), status: 429 });
    case "no-relief-account":
      return again({}, { notice: t("offer.noAccount") });
    default:
      return again(errorsOfRefusal(listed));
  }
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [{ title: loaded?.title }];

function OfferForm() {
  const loaded = useLoaderData<typeof loader>();
  const { household, crops, lastCrops, prices, terms, defaults, takenKeys, typedBy, like } = loaded;
  const refused = useActionData<typeof action>();
  const ask = useTranslations("consent.offer");
  const labels = useOfferLabels();
  const values = { ...defaults, ...refused?.values };
  const errors = refused?.errors ?? {};
  const { photos, refused: refusedPhotos } = refused?.kept ?? {
    photos: like?.photos ?? [],
    refused: [],
  };
  const here = `/coop/listings/new/${household.id}${like ? `/${like.id}` : ""}`;
  const isRefused = refused !== undefined;
  const isNewKey = errors.form !== undefined || refused?.before !== undefined;
  const typed = useTyped({ button: ask("ask"), isRefused, takenKeys, of: typedBy });
  return (
    <>
      <FormNotice errors={errors} labels={labels} />
      {refused?.notice && (
        <Notice tone="red" role="alert">
          {refused.notice}
        </Notice>
      )}
      <SentBeforeNotice before={refused?.before} by="cooperative" button={ask("ask")} />
      <Notice tone="earth">{ask("note")}</Notice>
      {like?.status === "published" && <Notice tone="persimmon">{ask("likeOnSale")}</Notice>}
      <form
        method="post"
        action={here}
        encType="multipart/form-data"
        id="listing"
        className="stack"
        data-crop-terms={JSON.stringify(terms)}
        {...typed}
        noValidate
      >
        {/* A key that was refused, or is another offer's, would be refused again. */}
        <HiddenKey value={(isNewKey ? defaults.clientKey : values.clientKey) ?? ""} />
        <PriceQuestion
          asked={refused?.asked}
          sure={refused?.values.priceSure}
          button={ask("ask")}
        />
        <PhotoFields
          photos={photos}
          refused={refusedPhotos}
          error={errors.photo}
          savedAt={`${here}?${typedBy}`}
          uploadFor={household.id}
        />
        <CropFields
          {...{ crops, lastCrops, values, errors }}
          onBehalf
          findAction={`${here}#crops`}
        />
        <PriceGuides
          guides={{ ...prices.guides, ...refused?.guides }}
          crops={crops}
          chosen={values.category}
        />
        <PriceFields
          values={values}
          errors={errors}
          feeBasisPoints={prices.feeBasisPoints}
          onBehalf
        />
        <EnglishField values={values} errors={errors} />
        <GrownAt home={loaded.home} onBehalf />
        <Button wide>{ask("ask")}</Button>
      </form>
    </>
  );
}

export default function OfferOnBehalf() {
  const { household, like } = useLoaderData<typeof loader>();
  const t = useTranslations("consent.offer");
  const back = like
    ? { href: coopDesk.path(like.id), label: t("backToLike") }
    : { href: "/coop/listings/new", label: t("back") };
  return (
    <div className="narrow stack">
      <PageTitle back={back}>{t("title", { name: household.headName })}</PageTitle>
      {household.hasPhone ? (
        <OfferForm />
      ) : (
        <Notice tone="red" title={t("noPhoneTitle")}>
          {t("noPhone")}
          {/* The language's button sends the form of this id. */}
          <form method="post" id="listing" />
        </Notice>
      )}
    </div>
  );
}
