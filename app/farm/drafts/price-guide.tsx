import { useTranslations } from "use-intl";
import type { Guidance, PriceGuidance } from "#app/domain/listings/read-price-guidance.ts";
import { formatFen } from "#app/ui/format.ts";
import { Notice } from "#app/ui/layout.tsx";

/** What a jin of this crop went for around her in the last month. */
export function PriceGuide({ guidance }: { guidance: PriceGuidance }) {
  const t = useTranslations("farmDraft.guide");
  const line = (where: "county" | "province", { sales, medianFen, lowFen, highFen }: Guidance) =>
    t(where, {
      ...{ median: formatFen(medianFen), low: formatFen(lowFen), high: formatFen(highFen) },
      ...{ sales, isOne: lowFen === highFen ? "yes" : "no" },
    });
  const { county } = guidance;
  // Where all of the province's sales were the county's own, they are said once.
  const province = guidance.province?.sales === county?.sales ? null : guidance.province;
  return (
    <Notice tone="earth" title={t("title")}>
      {county && <p data-read="">{line("county", county)}</p>}
      {province && <p data-read="">{line("province", province)}</p>}
      {!county && !province && <p data-read="">{t("none")}</p>}
    </Notice>
  );
}
