import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { requireCoop } from "#app/account/guards.ts";
import { findHouseholds } from "#app/domain/consents/read-household.ts";
import { readApplications } from "#app/domain/joining/read-applications.ts";
import { readWholeList, takeSearch } from "#app/forms/searched-list.ts";
import { translator } from "#app/i18n/translate.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { Card, EmptyState, Notice, PageTitle } from "#app/ui/layout.tsx";
import { SearchForm } from "#app/ui/search-form.tsx";
import { SearchPager } from "#app/ui/search-pager.tsx";
import { ApplicationTable } from "./application-table.tsx";
import { HouseholdTable } from "./household-table.tsx";

export const handle = { area: "coop" };

const NEWS = ["approved", "refused"] as const;
const PATH = "/coop/households";

export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "people");
  const done = new URL(request.url).searchParams.get("done");
  const [applications, list] = await Promise.all([
    readApplications(context.db, scope),
    readWholeList(request, (asked) => findHouseholds(context.db, scope, asked)),
  ]);
  return {
    title: translator(context.locale, "joining")("list.title"),
    news: NEWS.find((news) => news === done) ?? null,
    applications,
    list,
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const scope = await requireCoop(request, context, "people");
  return takeSearch(request, (asked) => findHouseholds(context.db, scope, asked));
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [{ title: loaded?.title }];

export default function Households() {
  const { title, news, applications, list: all } = useLoaderData<typeof loader>();
  const searched = useActionData<typeof action>();
  const t = useTranslations("joining.list");
  const words = useTranslations("coop");
  const moves = useTranslations("moves.coop");
  const search = searched?.search ?? "";
  const list = searched?.list ?? all;
  const count = list.total;
  return (
    <div className="stack">
      <PageTitle back={{ href: "/coop", label: words("today.title") }}>{title}</PageTitle>
      {news && !searched && (
        <Notice tone="leaf" role="status">
          {t(news)}
        </Notice>
      )}
      {applications.length > 0 && (
        <Card title={t("applications")}>
          <ApplicationTable applications={applications} />
        </Card>
      )}
      <SearchForm
        words={{ label: t("search"), hint: t("searchHint"), button: t("searchButton") }}
        search={search}
        error={searched?.errors.search}
      />
      <p>
        {list.search ? t("found", { count }) : t("all", { count })}{" "}
        {search && (
          <a className="inline-flex min-h-11 min-w-11 items-center px-2" href={PATH}>
            {t("clear")}
          </a>
        )}
      </p>
      {list.rows.length === 0 ? (
        <EmptyState title={t("none")}>{t("noneHint")}</EmptyState>
      ) : (
        <HouseholdTable rows={list.rows} />
      )}
      <SearchPager path={PATH} search={list.search} page={list.page} pages={list.pages} />
      <Card title={moves("title")}>
        <p className="text-earth">{moves("card")}</p>
        <p>
          <ButtonLink variant="quiet" href={`${PATH}/moves`}>
            {moves("open")}
          </ButtonLink>
        </p>
      </Card>
    </div>
  );
}
