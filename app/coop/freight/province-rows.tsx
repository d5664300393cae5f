import { useLocale, useTranslations } from "use-intl";
import type { RegionOption } from "#app/domain/regions/choose-region.ts";
import type { FieldErrors, FormValues } from "#app/forms/read-form.ts";
import { provinceName } from "#app/offers/freight-terms.tsx";
import { GROUPS, remoteName, wayName } from "./template-fields.ts";

/** A row for each province: by which prices, or not at all, and whether it counts as remote. */
export function ProvinceRows({
  provinces,
  values,
  errors,
}: {
  provinces: readonly RegionOption[];
  values: FormValues;
  errors: FieldErrors;
}) {
  const t = useTranslations("freight.desk");
  const words = useTranslations("errors");
  const locale = useLocale();
  return (
    <ul className="grid gap-x-8 lg:grid-cols-2">
      {provinces.map((region) => {
        const code = region.code.slice(0, 2);
        const province = provinceName(region, locale);
        const [way, error] = [wayName(code), errors[wayName(code)]];
        return (
          <li key={code} className="border-b border-line py-2">
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <span className="min-w-20 grow font-bold">{province}</span>
              <select
                id={`field-${way}`}
                name={way}
                className="input w-auto max-w-full"
                aria-label={t("wayOf", { province })}
                aria-invalid={error ? true : undefined}
                aria-describedby={error && `field-${way}-error`}
                defaultValue={values[way] ?? "base"}
              >
                <option value="base">{t("way.base")}</option>
                {GROUPS.map((number) => (
                  <option key={number} value={number}>
                    {t("way.group", { number })}
                  </option>
                ))}
                <option value="none">{t("way.none")}</option>
              </select>
              <label className="flex min-h-11 items-center gap-2">
                <input
                  className="size-5 shrink-0"
                  type="checkbox"
                  name={remoteName(code)}
                  value="yes"
                  aria-label={t("isRemoteOf", { province })}
                  defaultChecked={values[remoteName(code)] === "yes"}
                />
                <span aria-hidden="true">{t("isRemote")}</span>
              </label>
            </div>
            {error && (
              <p className="error" id={`field-${way}-error`}>
                {words(error)}
              </p>
            )}
          </li>
        );
      })}
    </ul>
  );
}
