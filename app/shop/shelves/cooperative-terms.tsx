import { useLocale, useTranslations } from "use-intl";
import type { PublicCooperative } from "#app/domain/cooperatives/read-public-cooperative.ts";
import type { OfferedCrop } from "#app/domain/listings/read-offered-crops.ts";
import type { RegionOption } from "#app/domain/regions/choose-region.ts";
import { FreightLines } from "#app/offers/freight-terms.tsx";
import { Card, Facts } from "#app/ui/layout.tsx";

const BASIS_IN_A_PERCENT = 100;

/** Where it is, for how many it sells, what it takes and what it asks for freight. */
export function CooperativeTerms({
  cooperative,
  crops,
  provinces,
}: {
  cooperative: Omit<PublicCooperative, "id">;
  crops: readonly OfferedCrop[];
  provinces: readonly RegionOption[];
}) {
  const t = useTranslations("shopShelves.cooperative");
  const locale = useLocale();
  const { county, province, freight, otherName, name } = cooperative;
  const percent = String(cooperative.feeBasisPoints / BASIS_IN_A_PERCENT);
  return (
    <Card id="terms">
      <Facts
        items={[
          ...(locale === "zh" && otherName && otherName !== name
            ? [
                [
                  t("otherName"),
                  <span key="other" lang="en">
                    {otherName}
                  </span>,
                ] as const,
              ]
            : []),
          [
            t("county"),
            <a key="county" className="way" href={`/counties/${county.code}`}>
              {t("place", { county: county.name, province })}
            </a>,
          ],
          [t("households"), t("householdCount", { count: cooperative.households })],
          ...(crops.length > 0
            ? [[t("sells"), crops.map((crop) => crop.name).join(t("comma"))] as const]
            : []),
          [t("fee"), t("feeOf", { percent })],
          [t("freight"), <FreightLines key="freight" terms={freight} provinces={provinces} />],
        ]}
      />
    </Card>
  );
}
