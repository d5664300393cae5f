import { useTranslations } from "use-intl";
import { formatFen } from "#app/ui/format.ts";
import { Card, Facts } from "#app/ui/layout.tsx";
import { Money } from "#app/ui/money.tsx";

type Props = {
  offer: { priceFen: number; quantity: number };
  guidance: { feeBasisPoints: number };
  yoursFen: number;
};

/** What becomes of the price: the cooperative's part and hers. */
export function Yours({ offer, guidance, yoursFen }: Props) {
  const t = useTranslations("farmDraft.check");
  const items = [
    [t("buyerPays"), <Money key="price" fen={offer.priceFen} />],
    [
      t("fee", { percent: guidance.feeBasisPoints / 100 }),
      <Money key="fee" fen={offer.priceFen - yoursFen} />,
    ],
    [
      t("yours"),
      <strong key="yours" className="text-2xl text-leaf-dark">
        <Money fen={yoursFen} />
      </strong>,
    ],
  ] as const;
  return (
    <Card title={t("perUnit")}>
      <Facts items={items} />
      <p>
        {t("allSold", { quantity: offer.quantity, amount: formatFen(yoursFen * offer.quantity) })}
      </p>
    </Card>
  );
}
