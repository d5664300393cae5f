import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { requireCoop } from "#app/account/guards.ts";
import { findHouseholds } from "#app/domain/consents/read-household.ts";
import { readWholeList, takeSearch } from "#app/forms/searched-list.ts";
import { translator } from "#app/i18n/translate.ts";
import { EmptyState, PageTitle } from "#app/ui/layout.tsx";
import { SearchForm } from "#app/ui/search-form.tsx";
import { SearchPager } from "#app/ui/search-pager.tsx";
import { HouseholdTable } from "./household-table.tsx";

export const handle = { area: "coop" };

export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "sell");
  return {
    title: translator(context.locale, "consent")("choose.title"),
    list: await readWholeList(request, (asked) => findHouseholds(context.db, scope, asked)),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const scope = await requireCoop(request, context, "sell");
  return takeSearch(request, (asked) => findHouseholds(context.db, scope, asked));
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [{ title: loaded?.title }];

export default function ChooseHousehold() {
  const { title, list: all } = useLoaderData<typeof loader>();
  const searched = useActionData<typeof action>();
  const t = useTranslations("consent.choose");
  const search = searched?.search ?? "";
  const list = searched?.list ?? all;
  const count = list.total;
  return (
    <div className="stack">
      <PageTitle back={{ href: "/coop/listings", label: t("back") }}>{title}</PageTitle>
      <SearchForm
        words={{ label: t("search"), hint: t("searchHint"), button: t("searchButton") }}
        search={search}
        error={searched?.errors.search}
      />
      <p>
        {list.search ? t("found", { count }) : t("all", { count })}{" "}
        {search && (
          <a className="inline-flex min-h-11 min-w-11 items-center px-2" href="/coop/listings/new">
            {t("clear")}
          </a>
        )}
      </p>
      {list.rows.length === 0 ? (
        <EmptyState title={t("none")}>{t("noneHint")}</EmptyState>
      ) : (
        <HouseholdTable rows={list.rows} />
      )}
      <SearchPager
        path="/coop/listings/new"
        search={list.search}
        page={list.page}
        pages={list.pages}
      />
    </div>
  );
}
