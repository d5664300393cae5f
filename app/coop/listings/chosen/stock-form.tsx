import { useLocale, useTranslations } from "use-intl";
import type { CoopListing } from "#app/domain/consents/read-coop-listings.ts";
import type { FieldErrors, FormValues } from "#app/forms/read-form.ts";
import { pick } from "#app/i18n/locale.ts";
import { Button } from "#app/ui/button.tsx";
import { fieldOf, TextField } from "#app/ui/field.tsx";
import { FormNotice, HiddenKey } from "#app/ui/form.tsx";
import { Card } from "#app/ui/layout.tsx";
import { useUnitWords } from "#app/ui/unit-words.ts";
import { addedName } from "./added-name.ts";

type Props = {
  listings: CoopListing[];
  clientKey: string;
  today: string;
  values: FormValues;
  errors: FieldErrors;
};

/** What has come in of each of the chosen listings, all of one harvest; one left empty stays as it is. */
export function StockForm({ listings, clientKey, today, ...sent }: Props) {
  const t = useTranslations("chosen.stock");
  const locale = useLocale();
  const unitWords = useUnitWords();
  const named = (row: CoopListing) => `${pick(locale, row.titleZh, row.titleEn)} · ${row.headName}`;
  const labels = {
    harvestedOn: t("harvestedOn"),
    ...Object.fromEntries(listings.map((row) => [addedName(row.id), named(row)])),
  };
  return (
    <Card>
      <form method="post" className="stack">
        <HiddenKey value={clientKey} />
        <FormNotice errors={sent.errors} labels={labels} />
        <p>{t("intro")}</p>
        <TextField
          {...fieldOf("harvestedOn", {
            ...sent,
            values: { harvestedOn: today, ...sent.values },
          })}
          type="date"
          label={labels.harvestedOn}
          required
        />
        {listings.map((row) => (
          <TextField
            key={row.id}
            {...fieldOf(addedName(row.id), sent)}
            label={named(row)}
            hint={t("onSale", {
              count: row.available,
              unit: unitWords(row.unit, row.unitGrams),
            })}
            inputMode="numeric"
            autoComplete="off"
          />
        ))}
        <Button>{t("look")}</Button>
        <p className="hint">{t("lookHint")}</p>
      </form>
    </Card>
  );
}
