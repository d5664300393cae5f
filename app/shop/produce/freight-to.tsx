import { useLocale, useTranslations } from "use-intl";
import type { FreightTerms } from "#app/domain/orders/freight.ts";
import type { RegionOption } from "#app/domain/regions/choose-region.ts";
import { pick } from "#app/i18n/locale.ts";
import { formatGrams } from "#app/i18n/unit-words.ts";
import { FreightLines } from "#app/offers/freight-terms.tsx";
import { formatFen } from "#app/ui/format.ts";
import { Card } from "#app/ui/layout.tsx";

export type FreightTo = {
  terms: FreightTerms;
  grams: number;
  provinces: RegionOption[];
  /** The province that was asked for, and what one costs to it; null where nobody sends it. */
  asked: { province: RegionOption; fen: number | null } | null;
};

/** What one costs to send, by province. The province stays in the URL; nothing here needs a script. */
export function FreightToProvince({ freight }: { freight: FreightTo }) {
  const t = useTranslations("shopShelves.freight");
  const locale = useLocale();
  const { terms, grams, provinces, asked } = freight;
  const nameOf = ({ nameZh, nameEn }: RegionOption) => pick(locale, nameZh, nameEn);
  return (
    <Card title={t("title")} id="freight">
      <form action="#freight" className="flex flex-wrap gap-2">
        <select
          name="to"
          className="input min-w-0 flex-[1_1_7rem]"
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
        <button type="submit" className="btn btn-quiet">
          {t("show")}
        </button>
      </form>
      {asked && asked.fen === null && (
        <p role="status" className="font-bold text-red">
          {t("notServed", { province: nameOf(asked.province) })}
        </p>
      )}
      {asked && asked.fen !== null && (
        <p role="status">
          {t.rich("to", {
            province: nameOf(asked.province),
            price: formatFen(asked.fen),
            weight: formatGrams(grams, locale),
            b: (words) => <b>{words}</b>,
          })}
        </p>
      )}
      <div className="hint">
        <FreightLines terms={terms} provinces={provinces} />
        <p>{t("together")}</p>
      </div>
    </Card>
  );
}
