import { useLocale, useTranslations } from "use-intl";
import type { CooperativeChoice } from "#app/domain/cooperatives/list-cooperatives.ts";
import { LONGEST_CODE, LONGEST_WORD, relations } from "#app/domain/joining/join-rule.ts";
import { pick } from "#app/i18n/locale.ts";
import { Button } from "#app/ui/button.tsx";
import { type ErrorKey, fieldOf, TextField } from "#app/ui/field.tsx";
import { HiddenKey } from "#app/ui/form.tsx";
import { SelectField } from "#app/ui/select-field.tsx";

type Sent = {
  values: Partial<Record<string, string>>;
  errors: Partial<Record<string, ErrorKey>>;
};

/** The form by which somebody asks to sell for her household, as she last filled it in. */
export function JoinForm({
  cooperatives,
  clientKey,
  sent,
}: {
  cooperatives: CooperativeChoice[];
  clientKey: string;
  sent: Sent;
}) {
  const t = useTranslations("joining.apply");
  const locale = useLocale();
  const field = (name: string) => ({ ...fieldOf(name, sent), required: true });
  const counties = [
    ...new Set(cooperatives.map((one) => pick(locale, one.countyZh, one.countyEn))),
  ];
  const groups = counties.map((label) => ({
    label,
    options: cooperatives
      .filter((one) => pick(locale, one.countyZh, one.countyEn) === label)
      .map(({ id, nameZh, nameEn }) => ({ value: id, label: pick(locale, nameZh, nameEn) })),
  }));
  return (
    <form method="post" action="/join" id="join" className="card stack">
      <HiddenKey value={clientKey} />
      <SelectField
        {...field("cooperativeId")}
        label={t("cooperative")}
        placeholder={t("chooseCooperative")}
        groups={groups}
      />
      <TextField
        {...field("registerCode")}
        label={t("registerCode")}
        hint={t("registerCodeHint")}
        maxLength={LONGEST_CODE}
        autoComplete="off"
      />
      <TextField
        {...field("headName")}
        label={t("headName")}
        maxLength={LONGEST_WORD}
        autoComplete="off"
      />
      <SelectField
        {...field("relation")}
        label={t("relation")}
        placeholder={t("chooseCooperative")}
        options={relations.map((value) => ({ value, label: t(`relations.${value}`) }))}
      />
      <TextField
        {...field("village")}
        label={t("village")}
        hint={t("villageHint")}
        maxLength={LONGEST_WORD}
        autoComplete="off"
      />
      <TextField
        {...field("helperName")}
        required={false}
        label={t("helperName")}
        maxLength={LONGEST_WORD}
        autoComplete="off"
      />
      <p className="text-earth">{t("private")}</p>
      <Button wide>{t("send")}</Button>
    </form>
  );
}
