import { useTranslations } from "use-intl";
import type { OwnListing } from "#app/domain/listings/read-own-listings.ts";
import { HOUSEHOLD_FIELD } from "#app/forms/household-field.ts";
import type { FormValues } from "#app/forms/read-form.ts";
import { Button, ButtonLink } from "#app/ui/button.tsx";
import { FormNotice, HiddenKey } from "#app/ui/form.tsx";
import { Card, Notice, PageTitle } from "#app/ui/layout.tsx";
import { useUnitWords } from "#app/ui/unit-words.ts";
import { ChangedNotice, formOf } from "./changed-notice.tsx";
import type { Desk } from "./desk.ts";
import {
  EnglishField,
  HarvestField,
  MostPerOrderField,
  NameFields,
  PresaleFields,
  UnitFields,
} from "./offer-fields.tsx";
import { useOfferLabels } from "./offer-labels.ts";
import type { openEdit } from "./open-edit.ts";
import { PhotoFields } from "./photo-fields.tsx";
import { PriceField } from "./price-fields.tsx";
import { PriceGuide } from "./price-guide.tsx";
import { PriceQuestion } from "./price-question.tsx";
import { StaysNotice, stayingFields } from "./stays-notice.tsx";
import type { RefusedEdit } from "./take-edit.ts";
import { useTyped } from "./use-typed.ts";

type AmountProps = { listing: OwnListing } & Parameters<typeof PriceField>[0];

/** How it is sold, at what price, and when it is or was harvested; what is fixed is said. */
function AmountFields({ listing, ...fields }: AmountProps) {
  const t = useTranslations("farmListing.edit");
  const unitWords = useUnitWords();
  const { wasOrdered, unit, unitGrams, lots } = listing;
  return (
    <Card title={t("amount")}>
      {wasOrdered ? (
        <>
          <p>{t("unitStays", { unit: unitWords(unit, unitGrams) })}</p>
          {/* For the price of a jin. */}
          <HiddenKey name="unit" value={unit} />
          <HiddenKey name="unitGrams" value={formOf(listing).unitGrams ?? ""} />
        </>
      ) : (
        <UnitFields {...fields} />
      )}
      <PriceField {...fields} />
      <p className="hint">{t("priceHint")}</p>
      {lots > 1 ? <p>{t("harvestStays", { lots })}</p> : <HarvestField {...fields} />}
      <PresaleFields {...fields} />
      <MostPerOrderField {...fields} />
    </Card>
  );
}

/** It was taken down, maybe while she typed: what she typed stays to be read and copied. */
function DownNotice({ side, isTyped }: Pick<Desk, "side"> & { isTyped: boolean }) {
  const t = useTranslations("farmListing.edit");
  return (
    <Notice tone="red" title={t("down")} role="alert">
      {isTyped && <p>{t("downTyped")}</p>}
      <p>{t("withdrawn", { side })}</p>
    </Notice>
  );
}

/** What its household has agreed to or said itself stays, whatever a manager types: it is asked anew. */
function AgreedNotice(props: { listing: OwnListing; householdId: string; hasPhone: boolean }) {
  const t = useTranslations("consent.one");
  return (
    <Notice tone="earth">
      <p>{t("agreedStays", { hasPhone: props.hasPhone ? "yes" : "no" })}</p>
      <ButtonLink
        href={`/coop/listings/new/${props.householdId}/${props.listing.id}`}
        variant="quiet"
        wide
      >
        {t("askAnew")}
      </ButtonLink>
    </Notice>
  );
}

type Props = {
  desk: Pick<Desk, "side" | "path">;
  refused: RefusedEdit | undefined;
} & Awaited<ReturnType<typeof openEdit>>;

/** The page on which a listing is edited, by its household or by its cooperative. */
export function EditForm(props: Props) {
  const { desk, title, listing, household, guidance, hasPhone, uploadFor, typedBy, refused } =
    props;
  const t = useTranslations("farmListing.edit");
  const here = `${desk.path(listing.id)}/edit`;
  const typed = useTyped({ button: t("save"), isRefused: refused !== undefined, of: typedBy });
  const staying = stayingFields(listing);
  const isHere = ([name]: [string, unknown]) =>
    !staying.has(name) && name !== "category" && name !== "quantity";
  const labels = Object.fromEntries(Object.entries(useOfferLabels()).filter(isHere));
  const now = formOf(listing);
  const said: FormValues = { ...now, ...refused?.values };
  const values = { ...said, ...Object.fromEntries([...staying].map((name) => [name, now[name]])) };
  const errors = refused?.errors ?? {};
  const mendable = Object.fromEntries(
    Object.entries(errors).filter(([name]) => !staying.has(name)),
  );
  const photos = refused?.kept.photos ?? listing.photos;
  const by = refused?.changedBy;
  const isDown = listing.status === "withdrawn";
  const version = refused && !by ? values.version : String(listing.version);
  return (
    <div className="narrow stack">
      <PageTitle back={{ href: desk.path(listing.id), label: t("back") }}>{title}</PageTitle>
      <FormNotice errors={mendable} labels={labels} />
      <StaysNotice {...{ desk, listing, errors }} values={said} button={t("save")} />
      {by && <ChangedNotice {...{ desk, listing, by, photos }} values={said} />}
      {isDown && <DownNotice side={desk.side} isTyped={refused !== undefined} />}
      {uploadFor && <AgreedNotice {...{ listing, hasPhone }} householdId={uploadFor} />}
      <form
        hidden={isDown && !refused}
        method="post"
        action={here}
        encType="multipart/form-data"
        id="listing"
        className="stack"
        {...(isDown ? {} : typed)}
        noValidate
      >
        <HiddenKey name={HOUSEHOLD_FIELD} value={household} />
        <HiddenKey name="version" value={version ?? ""} />
        <PriceQuestion asked={refused?.asked} sure={values.priceSure} button={t("save")} />
        <PhotoFields
          photos={photos}
          refused={refused?.kept.refused ?? []}
          error={errors.photo}
          savedAt={typedBy ? `${here}?${typedBy}` : here}
          uploadFor={uploadFor}
          cover
        />
        <Card>
          <NameFields values={values} errors={errors} />
        </Card>
        <PriceGuide guidance={guidance} />
        <AmountFields
          listing={listing}
          values={values}
          errors={errors}
          feeBasisPoints={guidance.feeBasisPoints}
          onBehalf={desk.side === "coop"}
        />
        <EnglishField values={values} errors={errors} />
        {!isDown && <Button wide>{t("save")}</Button>}
      </form>
    </div>
  );
}
