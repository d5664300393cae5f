import { useLocale, useTranslations } from "use-intl";
import { LONGEST_WORD } from "#app/domain/joining/join-rule.ts";
import type { PublicName } from "#app/domain/joining/public-name.ts";
import type { Programme } from "#app/domain/joining/read-programmes.ts";
import { pick } from "#app/i18n/locale.ts";
import { Button } from "#app/ui/button.tsx";
import { type ErrorKey, fieldOf, TextField } from "#app/ui/field.tsx";
import { SelectField } from "#app/ui/select-field.tsx";

type Sent = {
  values: Partial<Record<string, string>>;
  errors: Partial<Record<string, ErrorKey>>;
};
type Props = { name: PublicName; headName: string; programmes: Programme[]; sent?: Sent };

/** Opens a household: what is kept of it, and what buyers see. */
export function OpenForm({ name, headName, programmes, sent }: Props) {
  const t = useTranslations("joining.decide");
  const locale = useLocale();
  const [only] = programmes;
  if (!only) return <p>{t("noProgramme")}</p>;
  const begin = { ...name, headName, programmeId: "" };
  const filled = sent ?? { values: begin, errors: {} };
  const field = (key: keyof typeof begin) => ({
    ...{ ...fieldOf(key, filled), required: true, autoComplete: "off", maxLength: LONGEST_WORD },
  });
  return (
    <form method="post" className="stack">
      <input type="hidden" name="what" value="open" />
      <TextField {...field("headName")} label={t("headName")} />
      <fieldset className="stack">
        <legend className="label">{t("public")}</legend>
        <p className="hint">{t("publicHint")}</p>
        <TextField {...field("familyZh")} label={t("familyZh")} hint={t("familyZhHint")} />
        <TextField {...field("familyEn")} label={t("familyEn")} />
        <TextField {...field("villageZh")} label={t("villageZh")} />
        <TextField {...field("villageEn")} label={t("villageEn")} />
      </fieldset>
      {programmes.length === 1 ? (
        <input type="hidden" name="programmeId" value={only.id} />
      ) : (
        <SelectField
          {...field("programmeId")}
          label={t("programme")}
          hint={t("programmeHint")}
          placeholder="–"
          options={programmes.map(({ id, nameZh, nameEn, prefix }) => ({
            value: id,
            label: `${pick(locale, nameZh, nameEn)} · ${prefix}`,
          }))}
        />
      )}
      <Button>{t("openHousehold")}</Button>
    </form>
  );
}
