import { useTranslations } from "use-intl";
import type { ReceiptSums } from "#app/domain/orders/receipt-rule.ts";
import { DataTable } from "#app/ui/data-table.tsx";
import { Money } from "#app/ui/money.tsx";

/** Goods and freight: what was paid, what went back of it, what stays; and what belongs to neither. */
export function ReceiptTotals({ sums }: { sums: ReceiptSums }) {
  const t = useTranslations("ordersAfter.receipt");
  const { goods, freight, otherBackFen, byBankFen, owedFen, staysFen } = sums;
  const rest = [
    ["otherBack", otherBackFen],
    ["byBank", byBankFen],
    ["owed", owedFen],
  ] as const;
  const paidFen = goods.paidFen + freight.paidFen;
  const split = (name: "goods" | "freight", of: typeof goods) => ({
    ...{ name, paidFen: of.paidFen, backFen: of.backFen, staysFen: of.paidFen - of.backFen },
  });
  const rows = [
    split("goods", goods),
    split("freight", freight),
    ...rest
      .filter(([, fen]) => fen !== 0)
      .map(([name, fen]) => ({ name, paidFen: 0, backFen: fen, staysFen: -fen })),
    { name: "total" as const, paidFen, backFen: paidFen - staysFen, staysFen },
  ];
  return (
    <DataTable
      caption={t("total")}
      rows={rows}
      rowKey={(row) => row.name}
      columns={[
        {
          label: t("item"),
          cell: (row) => (row.name === "total" ? <strong>{t("total")}</strong> : t(row.name)),
        },
        { label: t("paid"), isNumber: true, cell: (row) => <Money fen={row.paidFen} /> },
        { label: t("back"), isNumber: true, cell: (row) => <Money fen={0 - row.backFen} /> },
        {
          label: t("stays"),
          isNumber: true,
          cell: (row) => (
            <strong>
              <Money fen={row.staysFen} />
            </strong>
          ),
        },
      ]}
    />
  );
}
