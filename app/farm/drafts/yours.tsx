import { useTranslations } from "use-intl";
import { splitLine } from "#app/domain/orders/split-line.ts";
import { formatFen } from "#app/ui/format.ts";
import { Card, Facts } from "#app/ui/layout.tsx";
import { Money } from "#app/ui/money.tsx";

type Props = {
  offer: { priceFen: number; quantity: number };
  guidance: { feeBasisPoints: number };
  yoursFen: number;
};

/**
 * What becomes of the price: the cooperative's part and hers. Of all that is offered she is told the
 * least: the fee is rounded down on each order, so one buyer of all takes the most of it.
 */
export function Yours({ offer, guidance, yoursFen }: Props) {
  const t = useTranslations("farmDraft.check");
  const lineFen = offer.priceFen * offer.quantity;
  const { feeBasisPoints } = guidance;
  const atOnce = splitLine({ lineFen, feeBasisPoints, quantities: [offer.quantity] });
  const amount = formatFen(atOnce.shareFen[0] ?? 0);
  const items = [
    [t("buyerPays"), <Money key="price" fen={offer.priceFen} />],
    [
      t("fee", { percent: guidance.feeBasisPoints / 100 }),
      <Money key="fee" fen={offer.priceFen - yoursFen} />,
    ],
    [
      t("yours"),
      <strong key="yours" className="yours-sum">
        <Money fen={yoursFen} />
      </strong>,
    ],
  ] as const;
  return (
    <Card title={t("perUnit")}>
      <Facts items={items} />
      <p>{t("allSold", { quantity: offer.quantity, amount })}</p>
    </Card>
  );
}
