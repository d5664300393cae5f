import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { requireHousehold } from "#app/account/guards.ts";
import { readEarningTotals, readSales } from "#app/domain/households/read-earnings.ts";
import { readOwnMonths } from "#app/domain/households/read-months.ts";
import { readNextPayout } from "#app/domain/households/read-next-payout.ts";
import { translator } from "#app/i18n/translate.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { Card, EmptyState, PageTitle } from "#app/ui/layout.tsx";
import { Money } from "#app/ui/money.tsx";
import { notKept } from "#app/ui/not-kept.ts";
import { OlderPager } from "#app/ui/older-pager.tsx";
import { NextPayoutLine } from "../next-payout.tsx";
import { MonthTable } from "./month-table.tsx";
import { SaleList } from "./sale-list.tsx";

export const handle = { area: "farm" };

export const headers = notKept;

const LINES_PER_PAGE = 30;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = await requireHousehold(request, context);
  const before = new URL(request.url).searchParams.get("before") ?? undefined;
  const [totals, { sales, olderBefore }, next, months] = await Promise.all([
    readEarningTotals(context.db, scope),
    readSales(context.db, scope, { lines: LINES_PER_PAGE, before }),
    readNextPayout(context.db, scope),
    before === undefined ? readOwnMonths(context.db, scope) : [],
  ]);
  const title = translator(context.locale, "farm")("earnings.title");
  return { title, totals, sales, olderBefore, next, months, isOlder: before !== undefined };
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [{ title: loaded?.title }];

export default function EarningsPage() {
  const { totals, sales, olderBefore, next, months, isOlder } = useLoaderData<typeof loader>();
  const t = useTranslations("farm.earnings");
  const more = useTranslations("farmEarnings");
  const weighed = useTranslations("intake.farm");
  const sums = [
    ["owed", totals.owedFen],
    ["onTheWay", totals.onTheWayFen],
    ["paid", totals.paidFen],
    ["month", totals.monthFen],
  ] as const;
  return (
    <div className="narrow stack">
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
        <NextPayoutLine totals={totals} next={next} />
        <p className="hint" data-easy-hide="">
          {t("account")} {totals.reliefCodes.join(" · ")}
          <br />
          {t("note")}
        </p>
        <ButtonLink href="/farm/earnings/payouts" variant="quiet" wide>
          {more("payouts.link")}
        </ButtonLink>
        <ButtonLink href="/farm/weighed" variant="quiet" wide>
          {weighed("open")}
        </ButtonLink>
      </Card>
      {sales.length === 0 ? (
        <EmptyState title={t("none")} />
      ) : (
        <Card title={more("lines.title")}>
          <p className="hint">{more("lines.hint")}</p>
          <SaleList sales={sales} />
        </Card>
      )}
      <OlderPager href="/farm/earnings" older={olderBefore} isOlder={isOlder} />
      {months.length > 0 && (
        <section className="stack" data-easy-hide="">
          <h2 className="text-xl">{more("months.title")}</h2>
          <MonthTable months={months} />
        </section>
      )}
    </div>
  );
}
