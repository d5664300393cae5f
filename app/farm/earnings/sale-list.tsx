import { useLocale, useTranslations } from "use-intl";
import type { Sale } from "#app/domain/households/read-earnings.ts";
import { pick } from "#app/i18n/locale.ts";
import { formatDate, formatFen } from "#app/ui/format.ts";
import { Money } from "#app/ui/money.tsx";
import { useUnitWords } from "#app/ui/unit-words.ts";

/** What sold, newest first: each row leads to its slip. */
export function SaleList({ sales }: { sales: Sale[] }) {
  return (
    <ul>
      {sales.map((sale) => (
        <SaleRow key={`${sale.orderLineId}${sale.reliefCode}`} sale={sale} />
      ))}
    </ul>
  );
}

function SaleRow({ sale }: { sale: Sale }) {
  const t = useTranslations("farmEarnings.lines");
  const locale = useLocale();
  const unitWords = useUnitWords();
  return (
    <li>
      <a className="slip-row" href={`/farm/earnings/${sale.orderLineId}`}>
        <span>
          <strong>{pick(locale, sale.titleZh, sale.titleEn)}</strong>
          <span className="block text-sm text-earth">
            {`${formatDate(sale.soldAt, locale)} · `}
            <span className="inline-block">
              {`${sale.quantity} × ${unitWords(sale.unit, sale.unitGrams)}`}
            </span>
          </span>
          <span
            className="block whitespace-nowrap text-sm text-earth tabular-nums"
            data-easy-hide=""
          >
            {sale.orderNumber}
          </span>
        </span>
        <span className="num">
          <strong>
            <Money fen={sale.earnedFen - sale.refundedFen} />
          </strong>
          {sale.refundedFen !== 0 && (
            <span className="block text-sm text-earth">
              {t(sale.refundedFen === sale.earnedFen ? "refundedAll" : "refunded", {
                amount: formatFen(sale.refundedFen),
              })}
            </span>
          )}
        </span>
      </a>
    </li>
  );
}
