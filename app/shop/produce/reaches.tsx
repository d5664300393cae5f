import { useLocale, useTranslations } from "use-intl";
import type { PublicListing } from "#app/domain/listings/read-listing.ts";
import { splitLine } from "#app/domain/orders/split-line.ts";
import { pick } from "#app/i18n/locale.ts";
import { Card } from "#app/ui/layout.tsx";
import { Money } from "#app/ui/money.tsx";

const BASIS = 10_000;

/** What of the price reaches the household, by the very rule that splits the line when it is sold. */
export function Reaches({
  priceFen,
  cooperative,
}: {
  priceFen: number;
  cooperative: PublicListing["cooperative"];
}) {
  const t = useTranslations("shop.produce");
  const locale = useLocale();
  const { feeFen } = splitLine({
    lineFen: priceFen,
    feeBasisPoints: cooperative.feeBasisPoints,
    quantities: [1],
  });
  const share = (BASIS - cooperative.feeBasisPoints) / BASIS;
  return (
    <Card title={t("reaches.title")}>
      <p>{t("reaches.yuan", { share: String(share) })}</p>
      <svg className="split" viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
        <rect width={share} height="1" />
      </svg>
      <ul>
        <Share label={t("reaches.household")} fen={priceFen - feeFen} isHousehold />
        <Share
          label={t("reaches.cooperative", { name: pick(locale, cooperative.zh, cooperative.en) })}
          fen={feeFen}
        />
      </ul>
      <p className="hint">{t("reaches.proof")}</p>
    </Card>
  );
}

function Share(props: { label: string; fen: number; isHousehold?: boolean }) {
  return (
    <li className="flex items-baseline justify-between gap-4 py-1">
      <span className={props.isHousehold ? "swatch swatch-leaf" : "swatch"}>{props.label}</span>
      <span className="font-bold">
        <Money fen={props.fen} />
      </span>
    </li>
  );
}
