import { useTranslations } from "use-intl";
import type { AskedConsent } from "#app/domain/consents/read-coop-listings.ts";
import type { OwnHousehold } from "#app/domain/consents/read-household.ts";
import type { CropGroup } from "#app/domain/listings/read-crops.ts";
import type { OwnListing } from "#app/domain/listings/read-own-listings.ts";
import type { readPriceGuides } from "#app/domain/listings/read-price-guidance.ts";
import type { FormValues } from "#app/forms/read-form.ts";
import { Differences, type Saying, wholeFormOf } from "#app/offers/changed-notice.tsx";
import { CropFields, EnglishField, NameFields } from "#app/offers/offer-fields.tsx";
import { useOfferLabels } from "#app/offers/offer-labels.ts";
import { PhotoFields } from "#app/offers/photo-fields.tsx";
import { PriceFields } from "#app/offers/price-fields.tsx";
import { PriceGuides } from "#app/offers/price-guide.tsx";
import { PriceQuestion } from "#app/offers/price-question.tsx";
import { useTyped } from "#app/offers/use-typed.ts";
import { Button } from "#app/ui/button.tsx";
import { FormNotice, HiddenKey } from "#app/ui/form.tsx";
import { Card, Notice } from "#app/ui/layout.tsx";
import type { RefusedMend } from "./mend.tsx";
import { coopDesk } from "./open-listing.ts";

type Props = {
  household: OwnHousehold;
  listing: OwnListing;
  consent: AskedConsent;
  /** What another manager has mended it to meanwhile. */
  mended: OwnListing | undefined;
  crops: CropGroup[];
  lastCrops: string[];
  prices: Awaited<ReturnType<typeof readPriceGuides>>;
  clientKey: string;
  takenKeys: string[];
  typedBy: string;
  refused: RefusedMend | undefined;
};

const wholeOf = (listing: OwnListing) => wholeFormOf(listing, listing.quantityIn);

/** Where the form is sent, and under which words: what it was about may be over by now. */
function useAim({ household, listing, consent, mended }: Props) {
  const t = useTranslations("consent");
  const save = useTranslations("farmListing.edit")("save");
  const { answer } = consent;
  const onSale = [listing, mended].find((one) => one && one.status !== "draft");
  if (onSale) {
    const texts = [t("mend.agreed"), t("mend.agreedBody", { button: save })] as const;
    return { to: `${coopDesk.path(onSale.id)}/edit`, button: save, texts, theirs: onSale };
  }
  const ask = t("mend.save");
  if (answer === null) return { to: `${coopDesk.path(listing.id)}/mend`, button: ask };
  if (mended) {
    const texts = [t("mend.replaced"), t("mend.replacedBody", { button: ask })] as const;
    return { to: `${coopDesk.path(mended.id)}/mend`, button: ask, texts, theirs: mended };
  }
  const button = t("offer.ask");
  const state = t(`state.${answer}`);
  const texts = [t("mend.ended", { state }), t("mend.endedBody", { button })] as const;
  return { to: `/coop/listings/new/${household.id}`, button, texts, theirs: listing };
}

/** Both are shown where somebody was faster, and she chooses. */
function OverNotice(props: {
  texts: readonly [string, string];
  theirs: OwnListing;
  mine: Saying;
  crops: CropGroup[];
}) {
  const { texts, theirs, mine, crops } = props;
  const t = useTranslations("consent.mend");
  const all = crops.flatMap((group) => group.crops);
  return (
    <Notice tone="persimmon" title={texts[0]} role="alert">
      <p>{texts[1]}</p>
      <Differences
        mine={mine}
        theirs={{ values: wholeOf(theirs), photos: theirs.photos }}
        cropOf={(code) => all.find((crop) => crop.code === code)?.name ?? code}
      />
      <a
        className="inline-flex min-h-11 min-w-11 items-center"
        href={coopDesk.path(theirs.id)}
        data-typed-drop=""
      >
        {t("takeTheirs")}
      </a>
    </Notice>
  );
}

/** What a household is asked about, to be offered otherwise: it is asked anew. */
export function MendForm(props: Props) {
  const { listing, crops, lastCrops, prices, clientKey, takenKeys, typedBy, refused } = props;
  const t = useTranslations("consent.mend");
  const labels = useOfferLabels();
  const aim = useAim(props);
  const values: FormValues = { ...wholeOf(listing), clientKey, ...refused?.values };
  const errors = refused?.errors ?? {};
  const photos = refused?.kept.photos ?? listing.photos;
  const isRefused = refused !== undefined;
  const typed = useTyped({ button: aim.button, isRefused, takenKeys, of: typedBy });
  const isNewKey = errors.form !== undefined || aim.theirs !== undefined;
  return (
    <>
      <FormNotice errors={errors} labels={labels} />
      {refused?.notice && (
        <Notice tone="red" role="alert">
          {refused.notice}
        </Notice>
      )}
      {aim.theirs ? (
        <OverNotice {...{ ...aim, theirs: aim.theirs, crops }} mine={{ values, photos }} />
      ) : (
        <Notice tone="earth">{t("note")}</Notice>
      )}
      <form
        method="post"
        action={aim.to}
        encType="multipart/form-data"
        id="listing"
        className="stack"
        {...typed}
        noValidate
      >
        <HiddenKey value={(isNewKey ? clientKey : values.clientKey) ?? ""} />
        <HiddenKey name="version" value={String(aim.theirs?.version ?? "")} />
        <PriceQuestion asked={refused?.asked} sure={values.priceSure} button={aim.button} />
        <PhotoFields
          photos={photos}
          refused={refused?.kept.refused ?? []}
          error={errors.photo}
          savedAt={`${coopDesk.path(listing.id)}/mend?${typedBy}`}
          uploadFor={props.household.id}
        />
        {aim.theirs && aim.theirs.status !== "draft" ? (
          <Card>
            <NameFields values={values} errors={errors} />
          </Card>
        ) : (
          <CropFields
            {...{ crops, lastCrops, values, errors }}
            onBehalf
            findAction={`${aim.to}#crops`}
          />
        )}
        <PriceGuides guides={prices.guides} crops={crops} chosen={values.category} />
        <PriceFields
          values={values}
          errors={errors}
          feeBasisPoints={prices.feeBasisPoints}
          onBehalf
        />
        <EnglishField values={values} errors={errors} />
        <Button wide>{aim.button}</Button>
      </form>
    </>
  );
}
