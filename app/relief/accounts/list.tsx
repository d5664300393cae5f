import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { requireOfficer } from "#app/account/guards.ts";
import { listHouseholds } from "#app/domain/relief/list-households.ts";
import { readMonthTotals } from "#app/domain/relief/month-totals.ts";
import { listReserves } from "#app/domain/reserves/read-reserve.ts";
import { readWholeList, takeSearch } from "#app/forms/searched-list.ts";
import { translator } from "#app/i18n/translate.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { Card, EmptyState, PageTitle } from "#app/ui/layout.tsx";
import { notKept } from "#app/ui/not-kept.ts";
import { SearchForm } from "#app/ui/search-form.tsx";
import { SearchPager } from "#app/ui/search-pager.tsx";
import { HouseholdTable } from "./household-table.tsx";
import { MonthTable } from "./month-table.tsx";
import { ReserveTable } from "./reserve-table.tsx";

export const handle = { area: "relief" };

export const headers = notKept;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = await requireOfficer(request, context);
  const [list, months, reserves] = await Promise.all([
    readWholeList(request, (asked) => listHouseholds(context.db, scope, asked)),
    readMonthTotals(context.db, scope),
    listReserves(context.db, scope),
  ]);
  return { title: translator(context.locale, "relief")("list.title"), list, months, reserves };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const scope = await requireOfficer(request, context);
  return takeSearch(request, (asked) => listHouseholds(context.db, scope, asked));
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

export default function Households() {
  const { list: all, months, reserves } = useLoaderData<typeof loader>();
  const searched = useActionData<typeof action>();
  const t = useTranslations("relief.list");
  const audit = useTranslations("audit");
  const reserve = useTranslations("reserve.officer");
  const statement = useTranslations("statement");
  const search = searched?.search ?? "";
  const list = searched?.list ?? all;
  const count = list.total;
  return (
    <div className="stack">
      <PageTitle>{t("title")}</PageTitle>
      <SearchForm
        words={{ label: t("search"), hint: t("searchHint"), button: t("searchButton") }}
        search={search}
        error={searched?.errors.search}
      />
      <p>
        {list.search ? t("found", { count }) : t("all", { count })}{" "}
        {search && (
          <a className="inline-flex min-h-11 min-w-11 items-center px-2" href="/relief">
            {t("clear")}
          </a>
        )}
      </p>
      {list.rows.length === 0 ? (
        <EmptyState title={t("none")}>{t("noneHint")}</EmptyState>
      ) : (
        <HouseholdTable rows={list.rows} />
      )}
      <SearchPager path="/relief" search={list.search} page={list.page} pages={list.pages} />
      {!search && months.length > 0 && (
        <Card title={t("months")}>
          <MonthTable months={months} />
        </Card>
      )}
      {!search && reserves.length > 0 && (
        <Card title={reserve("title")} id="reserves">
          <p className="text-earth">{reserve("card")}</p>
          <ReserveTable reserves={reserves} />
        </Card>
      )}
      <Card title={statement("officer.title")}>
        <p className="text-earth">{statement("officer.card")}</p>
        <p>
          <ButtonLink variant="quiet" href="/relief/statement">
            {statement("officer.open")}
          </ButtonLink>
        </p>
      </Card>
      <Card title={audit("officer.title")}>
        <p className="text-earth">{audit("officer.card")}</p>
        <p>
          <ButtonLink variant="quiet" href="/relief/audit">
            {audit("open")}
          </ButtonLink>
        </p>
      </Card>
    </div>
  );
}
