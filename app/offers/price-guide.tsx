import { useTranslations } from "use-intl";
import type { CropGroup } from "#app/domain/listings/read-crops.ts";
import type { CropGuidance, Guidance } from "#app/domain/listings/read-price-guidance.ts";
import { formatFen } from "#app/ui/format.ts";
import { Notice } from "#app/ui/layout.tsx";

type Props = {
  guidance: CropGuidance;
  /** What it is of, where the page does not say. */
  crop?: string;
  /** The day it was read, on a page that a phone keeps. */
  seenOn?: string;
};

/** What a jin of this crop went for around her in the last month. */
export function PriceGuide({ guidance, crop, seenOn }: Props) {
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
    <Notice tone="earth" title={crop ? t("titleOf", { crop }) : t("title")}>
      {county && <p>{line("county", county)}</p>}
      {province && <p>{line("province", province)}</p>}
      {!county && !province && <p>{t("none")}</p>}
      {seenOn && <p className="hint">{t("seenOn", { day: seenOn })}</p>}
    </Notice>
  );
}

type Guides = {
  guides: Record<string, CropGuidance>;
  crops: CropGroup[];
  chosen?: string;
  seenOn?: string;
};

/**
 * The guide of the crop that is chosen in the same form; price-per-jin.js shows another's when
 * another is chosen. Of a crop of which nothing is known, nothing is said.
 */
export function PriceGuides({ guides, crops, chosen, seenOn }: Guides) {
  const named = crops.flatMap((group) => group.crops).filter(({ code }) => guides[code]);
  return named.map(({ code, name }) => (
    <div
      key={code}
      data-guide={code}
      data-usual={(guides[code]?.county ?? guides[code]?.province)?.medianFen}
      hidden={code !== chosen}
    >
      <PriceGuide
        guidance={guides[code] ?? { county: null, province: null }}
        crop={name}
        seenOn={seenOn}
      />
    </div>
  ));
}
