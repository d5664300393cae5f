import { useLocale, useTranslations } from "use-intl";
import type { OrderView } from "#app/domain/orders/read-order.ts";
import { pick } from "#app/i18n/locale.ts";
import { formatFen } from "#app/ui/format.ts";
import { Card } from "#app/ui/layout.tsx";
import { Money } from "#app/ui/money.tsx";
import { InsteadOf } from "./instead-of.tsx";

/** What one cooperative sold, line by line, and its freight, as they were paid. */
export function ReceiptParcel({ parcel }: { parcel: OrderView["parcels"][number] }) {
  const t = useTranslations("ordersAfter.receipt");
  const instead = useTranslations("substitutes");
  const locale = useLocale();
  const { nameZh, nameEn } = parcel.cooperative;
  return (
    <Card title={pick(locale, nameZh, nameEn)}>
      <ul className="divide-y divide-line">
        {parcel.lines.map((line) => (
          <li key={line.id} className="flex flex-wrap justify-between gap-x-4 py-1">
            <span>
              {pick(locale, line.titleZh, line.titleEn)}{" "}
              <span className="whitespace-nowrap text-earth tabular-nums">
                {formatFen(line.unitPriceFen)} × {line.quantity}
              </span>
              <InsteadOf line={line} />
            </span>
            <Money fen={line.lineFen - (line.replaced?.fen ?? 0)} />
            {line.replaced && (
              <span className="w-full text-sm">
                {instead("replaced", { count: line.replaced.units })}
              </span>
            )}
          </li>
        ))}
        {parcel.carriesFreight && (
          <li className="flex flex-wrap justify-between gap-x-4 py-1">
            <span>{t("freight")}</span>
            <Money fen={parcel.freightFen} />
          </li>
        )}
      </ul>
    </Card>
  );
}
