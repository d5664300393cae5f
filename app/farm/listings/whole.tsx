import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  redirect,
} from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { requireHousehold } from "#app/account/guards.ts";
import { type CropGuidance, readPriceGuides } from "#app/domain/listings/read-price-guidance.ts";
import { readListingKeys } from "#app/domain/listings/read-taken-keys.ts";
import { householdKey } from "#app/forms/household-key.ts";
import type { KeptPhotos } from "#app/forms/keep-photos.ts";
import type { FieldErrors, FormValues } from "#app/forms/read-form.ts";
import { switchLocale } from "#app/i18n/switch-locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { type AskedPrice, askAboutPrice } from "#app/offers/ask-about-price.ts";
import { GrownAt } from "#app/offers/grown-at.tsx";
import { ENTER_FINDS_CROP, isFindingCrop } from "#app/offers/is-finding-crop.ts";
import { leadOn } from "#app/offers/lead-on.ts";
import { CropFields, EnglishField } from "#app/offers/offer-fields.tsx";
import { useOfferLabels } from "#app/offers/offer-labels.ts";
import { PhotoFields } from "#app/offers/photo-fields.tsx";
import { PriceFields } from "#app/offers/price-fields.tsx";
import { PriceGuides } from "#app/offers/price-guide.tsx";
import { PriceQuestion } from "#app/offers/price-question.tsx";
import { readSentOffer } from "#app/offers/read-sent-offer.ts";
import { type SentBefore, SentBeforeNotice } from "#app/offers/sent-before.tsx";
import { useTyped } from "#app/offers/use-typed.ts";
import { Button } from "#app/ui/button.tsx";
import { FormNotice, HiddenKey } from "#app/ui/form.tsx";
import { Notice, PageTitle } from "#app/ui/layout.tsx";
import { HouseholdField } from "../offline/household-field.tsx";
import { readOfferForm } from "./offer-defaults.ts";
import { publishedPath, publishSentOffer } from "./take-offer.ts";

export const handle = {
  area: "farm",
  enhance: [
    ...["form-values", "photo-shelf", "kept-words", "keep-typed"],
    ...["photo-shrink", "photo-rows", "photo-upload"],
    "photo-choice",
    ...["price-per-jin", "quantity-buttons", "crop-terms", "mended"],
  ],
  keptForm: { id: "listing", enter: ENTER_FINDS_CROP },
};

const PATH = "/farm/listings/new/whole";

export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = await requireHousehold(request, context);
  return {
    title: translator(context.locale, "farm")("new.title"),
    ...(await readOfferForm(context, scope)),
    takenKeys: await readListingKeys(context.db, scope),
    // Two households may share a phone.
    savedAt: `${PATH}?${householdKey(scope)}`,
  };
}

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

export async function action({ request, context }: ActionFunctionArgs) {
  const scope = await requireHousehold(request, context);
  const sent = await readSentOffer(context, scope, request);
  const isUnfinished =
    switchLocale(context, sent?.form.get("locale")) || (sent && isFindingCrop(sent.form));
  const t = translator(context.locale, "farm");
  if (!sent) {
    return refuse({}, {}, { photos: [], refused: [] }, { notice: t("new.bad") });
  }

  const { values, kept, offer } = sent;
  const { guides } = await readPriceGuides(context.db, scope, [offer.categoryCode]);
  const again = (errors: FieldErrors, more: Again = {}) =>
    refuse(values, errors, kept, { guides, ...more });
  // Nothing is judged yet but the photos, which cannot come back as they were typed.
  if (isUnfinished) return again({ photo: kept.refused[0]?.reason }, { status: 200 });
  const isFine = Object.keys(sent.errors).length === 0;
  const asked = isFine ? await askAboutPrice(context, scope, sent.form, offer) : undefined;
  if (asked) return again({}, { asked });
  const published = await publishSentOffer(context, scope, sent);
  if (published.ok) return redirect(leadOn(publishedPath(published), sent.form), 303);
  if ("before" in published) return again({}, { before: published.before, status: 409 });
  const notice = published.hasNoAccount ? t("new.noAccount") : undefined;
  return again(published.errors, { notice });
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [{ title: loaded?.title }];

export default function NewListingPage() {
  const loaded = useLoaderData<typeof loader>();
  const { crops, lastCrops, prices, terms, defaults, home, takenKeys, savedAt } = loaded;
  const refused = useActionData<typeof action>();
  const t = useTranslations("farm.new");
  const labels = useOfferLabels();
  const typed = useTyped({ button: t("publish"), isRefused: refused !== undefined, takenKeys });
  const values = { ...defaults, ...refused?.values };
  const errors = refused?.errors ?? {};
  const isNewKey = errors.form !== undefined || refused?.before !== undefined;
  const { photos, refused: refusedPhotos } = refused?.kept ?? { photos: [], refused: [] };
  return (
    <div className="narrow stack">
      <PageTitle>{t("title")}</PageTitle>
      <FormNotice errors={errors} labels={labels} />
      {refused?.notice && (
        <Notice tone="red" role="alert">
          {refused.notice}
        </Notice>
      )}
      <SentBeforeNotice before={refused?.before} by="household" button={t("publish")} />
      <form
        method="post"
        action={PATH}
        encType="multipart/form-data"
        id="listing"
        className="stack"
        data-crop-terms={JSON.stringify(terms)}
        {...typed}
        noValidate
      >
        <HouseholdField />
        {/* A key that was refused, or is another offer's, would be refused again. */}
        <HiddenKey value={(isNewKey ? defaults.clientKey : values.clientKey) ?? ""} />
        <PriceQuestion
          asked={refused?.asked}
          sure={refused?.values.priceSure}
          button={t("publish")}
        />
        <PhotoFields
          photos={photos}
          refused={refusedPhotos}
          error={errors.photo}
          savedAt={savedAt}
        />
        <CropFields {...{ crops, lastCrops, values, errors }} findAction={`${PATH}#crops`} />
        <PriceGuides
          guides={{ ...prices.guides, ...refused?.guides }}
          crops={crops}
          chosen={values.category}
        />
        <PriceFields values={values} errors={errors} feeBasisPoints={prices.feeBasisPoints} />
        <EnglishField values={values} errors={errors} />
        <GrownAt home={home} />
        <Button wide>{t("publish")}</Button>
      </form>
    </div>
  );
}
