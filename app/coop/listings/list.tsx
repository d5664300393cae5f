import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { requireCoop } from "#app/account/guards.ts";
import { type CoopListing, readCoopListings } from "#app/domain/consents/read-coop-listings.ts";
import { readWholeList, takeSearch } from "#app/forms/searched-list.ts";
import { translator } from "#app/i18n/translate.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { ChooseAll } from "#app/ui/choose-row.tsx";
import { EmptyState, Notice, PageTitle } from "#app/ui/layout.tsx";
import { SearchForm } from "#app/ui/search-form.tsx";
import { SearchPager } from "#app/ui/search-pager.tsx";
import { ChooseBar } from "./chosen/choose-bar.tsx";
import { ListingTable } from "./listing-table.tsx";

/** Here keep-typed.js hears that what was typed on behalf has arrived. */
export const handle = { area: "coop", enhance: ["photo-shelf", "kept-words", "keep-typed"] };

export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "sell");
  return {
    title: translator(context.locale, "consent")("listings.title"),
    done: new URL(request.url).searchParams.get("done"),
    isAll: new URL(request.url).searchParams.get("choose") === "all",
    list: await readWholeList(request, (asked) => readCoopListings(context.db, scope, asked)),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const scope = await requireCoop(request, context, "sell");
  return takeSearch(request, (asked) => readCoopListings(context.db, scope, asked));
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [{ title: loaded?.title }];

export default function HouseholdsListings() {
  const { title, done, isAll, list: all } = useLoaderData<typeof loader>();
  const searched = useActionData<typeof action>();
  const t = useTranslations("consent.listings");
  const imports = useTranslations("imports");
  const search = searched?.search ?? "";
  const list = searched?.list ?? all;
  return (
    <div className="stack">
      <PageTitle>{title}</PageTitle>
      {(done === "done" || done === "twin") && <Notice role="status">{t(done)}</Notice>}
      <p>{t("intro")}</p>
      <p>
        <ButtonLink href="/coop/listings/new">{t("new")}</ButtonLink>{" "}
        <ButtonLink variant="quiet" href="/coop/imports">
          {imports("open")}
        </ButtonLink>
      </p>
      <SearchForm
        words={{ label: t("search"), hint: t("searchHint"), button: t("searchButton") }}
        search={search}
        error={searched?.errors.search}
      />
      {search && (
        <p>
          {list.search && t("found", { count: list.total })}{" "}
          <a className="inline-flex min-h-11 min-w-11 items-center px-2" href="/coop/listings">
            {t("clear")}
          </a>
        </p>
      )}
      {list.rows.length === 0 ? (
        <EmptyState title={t("none")} />
      ) : (
        <>
          {list.search === "" && (
            <ChooseAll path={`/coop/listings?page=${list.page}`} isAll={isAll && !searched} />
          )}
          <ListingTable
            rows={list.rows as unknown as CoopListing[]}
            choosing={{ form: "chosen", isAll: isAll && !searched }}
          />
          <ChooseBar />
        </>
      )}
      <SearchPager path="/coop/listings" search={list.search} page={list.page} pages={list.pages} />
    </div>
  );
}
