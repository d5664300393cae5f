import { useLocale, useTranslations } from "use-intl";
import type { PublicListing } from "#app/domain/listings/read-listing.ts";
import { pick } from "#app/i18n/locale.ts";
import { Card, Facts } from "#app/ui/layout.tsx";
import { Money } from "#app/ui/money.tsx";

const BASIS = 10_000;

/** What of the price reaches the household: the fee is rounded down, as it is when it is sold. */
export function Reaches({
  priceFen,
  cooperative,
}: {
  priceFen: number;
  cooperative: PublicListing["cooperative"];
}) {
  const t = useTranslations("shop.produce");
  const locale = useLocale();
  const feeFen = Math.floor((priceFen * cooperative.feeBasisPoints) / BASIS);
  return (
    <Card title={t("reaches.title")}>
      <p>{t("reaches.yuan", { share: String((BASIS - cooperative.feeBasisPoints) / BASIS) })}</p>
      <Facts
        items={[
          [t("reaches.household"), <Money key="household" fen={priceFen - feeFen} />],
          [
            t("reaches.cooperative", { name: pick(locale, cooperative.zh, cooperative.en) }),
            <Money key="cooperative" fen={feeFen} />,
          ],
        ]}
      />
      <p className="hint">{t("reaches.proof")}</p>
    </Card>
  );
}
