import { useLocale, useTranslations } from "use-intl";
import type { PublicListing } from "#app/domain/listings/read-listing.ts";
import { pick } from "#app/i18n/locale.ts";
import { Card } from "#app/ui/layout.tsx";
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
      <ul>
        <Share label={t("reaches.household")} fen={priceFen - feeFen} />
        <Share
          label={t("reaches.cooperative", { name: pick(locale, cooperative.zh, cooperative.en) })}
          fen={feeFen}
        />
      </ul>
      <p className="hint">{t("reaches.proof")}</p>
    </Card>
  );
}

function Share({ label, fen }: { label: string; fen: number }) {
  return (
    <li className="flex items-baseline justify-between gap-4 py-1">
      <span>{label}</span>
      <span className="font-bold">
        <Money fen={fen} />
      </span>
    </li>
  );
}
