import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useLocale, useTranslations } from "use-intl";
import { requireHousehold } from "#app/account/guards.ts";
import { readEarningTotals, readSales, type Sale } from "#app/domain/households/read-earnings.ts";
import { pick } from "#app/i18n/locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { type Column, DataTable } from "#app/ui/data-table.tsx";
import { formatDate, formatFen } from "#app/ui/format.ts";
import { Card, EmptyState, PageTitle } from "#app/ui/layout.tsx";
import { Money } from "#app/ui/money.tsx";
import { OlderPager } from "#app/ui/older-pager.tsx";
import { useUnitWords } from "#app/ui/unit-words.ts";

export const handle = { area: "farm" };

const LINES_PER_PAGE = 50;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = await requireHousehold(request, context);
  const before = new URL(request.url).searchParams.get("before") ?? undefined;
  const [totals, { sales, olderBefore }] = await Promise.all([
    readEarningTotals(context.db, scope),
    readSales(context.db, scope, { lines: LINES_PER_PAGE, before }),
  ]);
  const title = translator(context.locale, "farm")("earnings.title");
  return { title, totals, sales, olderBefore, isOlder: before !== undefined };
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [{ title: loaded?.title }];

function Yours({ sale }: { sale: Sale }) {
  const t = useTranslations("farm.earnings");
  return (
    <>
      <strong>
        <Money fen={sale.earnedFen - sale.refundedFen} />
      </strong>
      {sale.refundedFen !== 0 && (
        <span className="block text-sm text-earth">
          {t("refunded", { amount: formatFen(sale.refundedFen) })}
        </span>
      )}
    </>
  );
}

function SalesTable({ sales }: { sales: Sale[] }) {
  const t = useTranslations("farm.earnings");
  const locale = useLocale();
  const unitWords = useUnitWords();
  const columns: Column<Sale>[] = [
    {
      label: t("date"),
      cell: (sale) => <span className="whitespace-nowrap">{formatDate(sale.soldAt, locale)}</span>,
    },
    { label: t("what"), cell: (sale) => pick(locale, sale.titleZh, sale.titleEn) },
    {
      label: t("quantity"),
      cell: (sale) => `${sale.quantity} × ${unitWords(sale.unit, sale.unitGrams)}`,
    },
    {
      label: t("order"),
      cell: (sale) => <span className="whitespace-nowrap">{sale.orderNumber}</span>,
    },
    { label: t("price"), cell: (sale) => <Money fen={sale.priceFen} />, isNumber: true },
    { label: t("fee"), cell: (sale) => <Money fen={sale.feeFen} />, isNumber: true },
    { label: t("yours"), cell: (sale) => <Yours sale={sale} />, isNumber: true },
  ];
  return (
    <DataTable
      caption={t("list")}
      columns={columns}
      rows={sales}
      rowKey={(sale) => `${sale.orderLineId}${sale.reliefCode}`}
    />
  );
}

export default function EarningsPage() {
  const { totals, sales, olderBefore, isOlder } = useLoaderData<typeof loader>();
  const t = useTranslations("farm.earnings");
  const sums = [
    ["owed", totals.owedFen],
    ["onTheWay", totals.onTheWayFen],
    ["paid", totals.paidFen],
    ["month", totals.monthFen],
  ] as const;
  return (
    <div className="stack">
      <PageTitle>{t("title")}</PageTitle>
      <Card>
        <dl className="stats">
          {sums.map(([name, fen]) => (
            <div key={name}>
              <dt>{t(name)}</dt>
              <dd>
                <Money fen={fen} />
              </dd>
            </div>
          ))}
        </dl>
        <p className="hint">
          {t("account")} {totals.reliefCodes.join(" · ")}
          <br />
          {t("note")}
        </p>
      </Card>
      <h2 className="text-xl">{t("list")}</h2>
      {sales.length === 0 ? <EmptyState title={t("none")} /> : <SalesTable sales={sales} />}
      <OlderPager href="/farm/earnings" older={olderBefore} isOlder={isOlder} />
    </div>
  );
}
