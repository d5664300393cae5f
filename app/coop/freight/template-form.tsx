import { useLocale, useTranslations } from "use-intl";
import type { RegionOption } from "#app/domain/regions/choose-region.ts";
import type { FieldErrors, FormValues } from "#app/forms/read-form.ts";
import { provinceName } from "#app/offers/freight-terms.tsx";
import { Button } from "#app/ui/button.tsx";
import { fieldOf, TextField } from "#app/ui/field.tsx";
import { FormNotice, HiddenKey } from "#app/ui/form.tsx";
import { Card } from "#app/ui/layout.tsx";
import { ProvinceRows } from "./province-rows.tsx";
import { GROUPS, RATE_FIELDS, rateName, wayName } from "./template-fields.ts";

type Props = {
  values: FormValues;
  errors: FieldErrors;
  provinces: readonly RegionOption[];
  revision: number;
};

const isTyped = (group: string, { values, errors }: Pick<Props, "values" | "errors">) =>
  RATE_FIELDS.map((field) => rateName(field, group)).some((name) => values[name] || errors[name]);

/** The whole template as one form: prices, groups of provinces, and how each province is served. */
export function TemplateForm({ values, errors, provinces, revision }: Props) {
  const t = useTranslations("freight.desk");
  const locale = useLocale();
  const sent = { values, errors };
  const [first, ...others] = GROUPS;
  const labels = Object.fromEntries([
    ...RATE_FIELDS.map((field) => [field, t(field)]),
    ...GROUPS.flatMap((group) =>
      RATE_FIELDS.map((field) => [
        rateName(field, group),
        `${t("group", { number: group })} · ${t(field)}`,
      ]),
    ),
    ["remoteYuan", t("remoteYuan")],
    ["freeFrom", t("freeFrom")],
    ...provinces.map((province) => [
      wayName(province.code.slice(0, 2)),
      t("wayOf", { province: provinceName(province, locale) }),
    ]),
  ]);
  return (
    <form method="post" action="/coop/freight" className="stack" id="freight">
      <FormNotice errors={errors} labels={labels} />
      <Card title={t("edit")}>
        <p className="hint">{t("editHint")}</p>
        <RateFields sent={sent} group={null} legend={t("base")} />
        <p className="hint">{t("groupHint")}</p>
        <RateFields sent={sent} group={first} legend={t("group", { number: first })} />
        <details open={others.some((group) => isTyped(group, sent))}>
          <summary className="min-h-11 cursor-pointer py-2">{t("moreGroups")}</summary>
          <div className="stack">
            {others.map((group) => (
              <RateFields
                key={group}
                sent={sent}
                group={group}
                legend={t("group", { number: group })}
              />
            ))}
          </div>
        </details>
      </Card>
      <Card title={t("more")}>
        <div className="grid items-start gap-x-4 gap-y-3 sm:grid-cols-2">
          <TextField
            {...fieldOf("remoteYuan", sent)}
            label={t("remoteYuan")}
            hint={t("remoteHint")}
            inputMode="decimal"
            autoComplete="off"
            required
          />
          <TextField
            {...fieldOf("freeFrom", sent)}
            label={t("freeFrom")}
            hint={t("freeFromHint")}
            inputMode="decimal"
            autoComplete="off"
          />
        </div>
      </Card>
      <Card title={t("provinces")}>
        <p className="hint">{t("provincesHint")}</p>
        <ProvinceRows provinces={provinces} values={values} errors={errors} />
      </Card>
      <HiddenKey name="revision" value={String(revision)} />
      <Button>{t("save")}</Button>
    </form>
  );
}

function RateFields({
  sent,
  group,
  legend,
}: {
  sent: Pick<Props, "values" | "errors">;
  group: string | null;
  legend: string;
}) {
  const t = useTranslations("freight.desk");
  return (
    <fieldset className="min-w-0 rounded-xl border border-line p-4 pt-2">
      <legend className="px-1 font-bold">{legend}</legend>
      <div className="grid grid-cols-2 items-end gap-x-4 gap-y-3 lg:grid-cols-4">
        {RATE_FIELDS.map((field) => (
          <TextField
            key={field}
            {...fieldOf(rateName(field, group), sent)}
            label={t(field)}
            inputMode="decimal"
            autoComplete="off"
            required={group === null}
          />
        ))}
      </div>
    </fieldset>
  );
}
