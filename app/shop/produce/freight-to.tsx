import { useLocale, useTranslations } from "use-intl";
import type { FreightTerms } from "#app/domain/orders/freight.ts";
import type { RegionOption } from "#app/domain/regions/choose-region.ts";
import { pick } from "#app/i18n/locale.ts";
import { formatGrams } from "#app/i18n/unit-words.ts";
import { formatFen } from "#app/ui/format.ts";
import { Card } from "#app/ui/layout.tsx";

export type FreightTo = {
  terms: FreightTerms;
  grams: number;
  provinces: RegionOption[];
  /** The province that was asked for, and what one costs to it. */
  asked: { province: RegionOption; fen: number } | null;
};

/** What one costs to send, by province. The province stays in the URL; nothing here needs a script. */
export function FreightToProvince({ freight }: { freight: FreightTo }) {
  const t = useTranslations("shopShelves.freight");
  const locale = useLocale();
  const { terms, grams, provinces, asked } = freight;
  const nameOf = ({ nameZh, nameEn }: RegionOption) => pick(locale, nameZh, nameEn);
  return (
    <Card title={t("title")} id="freight">
      <form action="#freight" className="flex gap-2">
        <select
          name="to"
          className="input"
          aria-label={t("province")}
          defaultValue={asked?.province.code ?? ""}
        >
          <option value="">{t("choose")}</option>
          {provinces.map((province) => (
            <option key={province.code} value={province.code}>
              {nameOf(province)}
            </option>
          ))}
        </select>
        <button type="submit" className="btn btn-quiet shrink-0">
          {t("show")}
        </button>
      </form>
      {asked && (
        <p role="status">
          {t.rich("to", {
            province: nameOf(asked.province),
            price: formatFen(asked.fen),
            weight: formatGrams(grams, locale),
            b: (words) => <b>{words}</b>,
          })}
        </p>
      )}
      <p className="hint">
        {t("terms", {
          first: formatGrams(terms.firstGrams, locale),
          firstPrice: formatFen(terms.firstFen),
          added: formatGrams(terms.addedGrams, locale),
          addedPrice: formatFen(terms.addedFen),
        })}
      </p>
    </Card>
  );
}
