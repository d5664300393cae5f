import { useLocale, useTranslations } from "use-intl";
import type { Fixed } from "#app/domain/cycles/cycle-rules.ts";
import type { CycleOffer, Village } from "#app/domain/cycles/read-villages.ts";
import type { FieldErrors, FormValues } from "#app/forms/read-form.ts";
import { pick } from "#app/i18n/locale.ts";
import { Button } from "#app/ui/button.tsx";
import { fieldOf, TextField } from "#app/ui/field.tsx";
import { FormNotice, HiddenKey } from "#app/ui/form.tsx";
import { Card, Notice } from "#app/ui/layout.tsx";
import { SelectField } from "#app/ui/select-field.tsx";
import { clocks, placeNames } from "./cycle-names.ts";
import { ListingChoice } from "./listing-choice.tsx";
import { VillageFields } from "./village-fields.tsx";

type Props = {
  action: string;
  hidden: { name: string; value: string };
  villages: readonly Village[];
  offers: readonly CycleOffer[];
  chosen: readonly string[];
  values: FormValues;
  errors: FieldErrors;
  fixed: Fixed;
  inTheWay: readonly { titleZh: string; titleEn: string }[];
  save: string;
};

/** What is said of each field above a refused form. */
function useLabels(villages: readonly Village[]): Record<string, string> {
  const t = useTranslations("cycles.form");
  const locale = useLocale();
  const days = [
    "opensDay",
    "opensTime",
    "closesDay",
    "closesTime",
    "collectsOn",
    "shipsOn",
  ] as const;
  return Object.fromEntries([
    ...days.map((name) => [name, t(name)]),
    ["listing", t("listings")],
    ...villages.flatMap((village) => {
      const names = placeNames(village.key);
      const of = pick(locale, village.villageZh, village.villageEn);
      return (["place", "day", "from", "until"] as const).map((field) => [
        names[field],
        `${of} · ${t(field)}`,
      ]);
    }),
  ]);
}

/** A whole cycle as one form: when it sells, when and where it is brought, and what it sells. */
export function CycleForm(props: Props) {
  const { action, hidden, villages, offers, chosen, values, errors, fixed, inTheWay, save } = props;
  const t = useTranslations("cycles.form");
  const locale = useLocale();
  const sent = { values, errors };
  return (
    <form method="post" action={action} className="stack" id="cycle">
      <FormNotice errors={errors} labels={useLabels(villages)} />
      {inTheWay.length > 0 && (
        <Notice tone="red" title={t("inTheWay")}>
          <ul className="list-disc ps-6">
            {inTheWay.map(({ titleZh, titleEn }) => (
              <li key={titleZh + titleEn}>{pick(locale, titleZh, titleEn)}</li>
            ))}
          </ul>
        </Notice>
      )}
      <Card title={t("when")}>
        {(fixed.opens || fixed.ships) && <p className="hint">{t("fixedHint")}</p>}
        {!fixed.opens && <Moment which="opens" {...sent} />}
        {!fixed.closes && <Moment which="closes" {...sent} />}
        <div className="grid grid-cols-1 items-start gap-x-4 gap-y-3 sm:grid-cols-2">
          <TextField
            {...fieldOf("collectsOn", sent)}
            label={t("collectsOn")}
            hint={t("collectsHint")}
            type="date"
            required
          />
          {!fixed.ships && (
            <TextField
              {...fieldOf("shipsOn", sent)}
              label={t("shipsOn")}
              hint={t("shipsHint")}
              type="date"
              required
            />
          )}
        </div>
      </Card>
      <Card title={t("places")}>
        <p className="hint">{t("placesHint")}</p>
        {villages.map((village) => (
          <VillageFields key={village.key} village={village} sent={sent} />
        ))}
        <label className="flex min-h-11 items-center gap-3">
          <input
            className="size-6 shrink-0"
            type="checkbox"
            name="tellsIdle"
            value="yes"
            defaultChecked={values.tellsIdle === "yes"}
          />
          <span>{t("tellsIdle")}</span>
        </label>
      </Card>
      {!fixed.listings && <ListingChoice offers={offers} chosen={chosen} error={errors.listing} />}
      <HiddenKey name={hidden.name} value={hidden.value} />
      <Button>{save}</Button>
    </form>
  );
}

function Moment({
  which,
  values,
  errors,
}: {
  which: "opens" | "closes";
  values: FormValues;
  errors: FieldErrors;
}) {
  const t = useTranslations("cycles.form");
  const sent = { values, errors };
  const options = clocks(values[`${which}Time`]).map((clock) => ({ value: clock, label: clock }));
  return (
    <div className="grid grid-cols-1 items-start gap-x-4 gap-y-3 sm:grid-cols-2">
      <TextField {...fieldOf(`${which}Day`, sent)} label={t(`${which}Day`)} type="date" required />
      <SelectField
        {...fieldOf(`${which}Time`, sent)}
        label={t(`${which}Time`)}
        options={options}
        required
      />
    </div>
  );
}
