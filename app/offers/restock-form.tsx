import { useLocale, useTranslations } from "use-intl";
import type { QuantityDoubt } from "#app/domain/listings/doubt-quantity.ts";
import { HOUSEHOLD_FIELD } from "#app/forms/household-field.ts";
import type { FieldErrors, FormValues } from "#app/forms/read-form.ts";
import { formatGrams } from "#app/i18n/unit-words.ts";
import { Button, ButtonLink } from "#app/ui/button.tsx";
import { fieldOf, TextField } from "#app/ui/field.tsx";
import { FormNotice, HiddenKey } from "#app/ui/form.tsx";
import { Card, Notice, PageTitle } from "#app/ui/layout.tsx";
import { useUnitWords } from "#app/ui/unit-words.ts";
import type { Desk } from "./desk.ts";
import type { openRestock } from "./open-restock.ts";
import { QuantityButtons } from "./quantity-buttons.tsx";
import { useTyped } from "./use-typed.ts";

type RefusedRestock = {
  values: FormValues;
  errors: FieldErrors;
  asked?: QuantityDoubt;
  beyond?: { agreed: number; room: number; householdId: string };
  before?: { quantity: number; now: number };
};

type Props = {
  desk: Pick<Desk, "path">;
  refused: RefusedRestock | undefined;
} & Awaited<ReturnType<typeof openRestock>>;

/** Stands in a form whose number looks like a slip: sent again as it is, it is right. */
function QuantityQuestion({ asked, unitGrams }: { asked: QuantityDoubt; unitGrams: number }) {
  const t = useTranslations("farmListing.restock");
  const weight = formatGrams(asked.inAll * unitGrams, useLocale());
  return (
    <Notice tone="persimmon" title={t("sureTitle")} role="alert">
      <HiddenKey name="quantitySure" value={String(asked.added)} />
      <p>{t("sureBody", { ...asked, weight })}</p>
      <p>{t("sure", { button: t("add") })}</p>
    </Notice>
  );
}

/** Far more than its household has agreed to is another offer: it is asked about that anew. */
function BeyondAgreed({
  id,
  beyond,
}: {
  id: string;
  beyond: NonNullable<RefusedRestock["beyond"]>;
}) {
  const t = useTranslations("consent.one");
  const { agreed, room, householdId } = beyond;
  return (
    <Notice tone="persimmon" title={t("beyondTitle")} role="alert">
      <p>{t("beyond", { agreed, room })}</p>
      <ButtonLink href={`/coop/listings/new/${householdId}/${id}`} variant="quiet" wide>
        {t("askAnew")}
      </ButtonLink>
    </Notice>
  );
}

/** The page on which more of a listing is brought on sale, by its household or its cooperative. */
export function RestockForm(props: Props) {
  const { desk, title, listing, household, clientKey, takenKeys, typedBy, today, refused } = props;
  const t = useTranslations("farmListing.restock");
  const back = useTranslations("farmListing.edit");
  const isRefused = refused !== undefined;
  const typed = useTyped({ button: t("add"), isRefused, takenKeys, of: typedBy });
  const unitWords = useUnitWords();
  const errors = refused?.errors ?? {};
  const values: FormValues = { clientKey, harvestedOn: today, ...refused?.values };
  const isNewKey = errors.clientKey !== undefined || refused?.before !== undefined;
  const { id, available, unit, unitGrams, presaleLimit, quantityIn, takenOut } = listing;
  return (
    <div className="narrow stack">
      <PageTitle back={{ href: desk.path(id), label: back("back") }}>{title}</PageTitle>
      <FormNotice errors={errors} labels={{ quantity: t("quantity"), harvestedOn: t("harvest") }} />
      <p>{t("left", { available, unit: unitWords(unit, unitGrams) })}</p>
      {presaleLimit !== null && (
        <Notice tone="earth">
          {t("room", {
            limit: presaleLimit,
            room: Math.max(0, presaleLimit - quantityIn + takenOut),
          })}
        </Notice>
      )}
      {refused?.before && (
        <Notice tone="persimmon" title={t("before", refused.before)} role="alert">
          {t("beforeBody", { ...refused.before, button: t("add") })}
        </Notice>
      )}
      {refused?.beyond && <BeyondAgreed id={id} beyond={refused.beyond} />}
      <form method="post" id="restock" className="stack" {...typed} noValidate>
        <HiddenKey name={HOUSEHOLD_FIELD} value={household} />
        {/* A key that was refused, or brought in something else, would be refused again. */}
        <HiddenKey value={(isNewKey ? clientKey : values.clientKey) ?? ""} />
        {refused?.asked && <QuantityQuestion asked={refused.asked} unitGrams={unitGrams} />}
        <Card>
          <TextField
            {...fieldOf("quantity", { values, errors })}
            label={t("quantity")}
            inputMode="numeric"
            required
          />
          <QuantityButtons />
          <TextField
            {...fieldOf("harvestedOn", { values, errors })}
            label={t("harvest")}
            hint={t("harvestHint")}
            type="date"
            required
          />
        </Card>
        <Button wide>{t("add")}</Button>
      </form>
    </div>
  );
}
