import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useLocale, useTranslations } from "use-intl";
import { requireCoop } from "#app/account/guards.ts";
import { findLots, type LotView } from "#app/domain/stock/read-lots.ts";
import { readWholeList, takeSearch } from "#app/forms/searched-list.ts";
import { pick } from "#app/i18n/locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { DataTable, RowLink } from "#app/ui/data-table.tsx";
import { formatDate } from "#app/ui/format.ts";
import { EmptyState, PageTitle } from "#app/ui/layout.tsx";
import { SearchForm } from "#app/ui/search-form.tsx";
import { SearchPager } from "#app/ui/search-pager.tsx";
import { useUnitWords } from "#app/ui/unit-words.ts";

export const handle = { area: "coop" };

const PATH = "/coop/stock";

export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "sell");
  const list = await readWholeList(request, (asked) => findLots(context.db, scope, asked));
  return { title: translator(context.locale, "intake")("stock.title"), list };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const scope = await requireCoop(request, context, "sell");
  return takeSearch(request, (asked) => findLots(context.db, scope, asked));
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [{ title: loaded?.title }];

export default function Stock() {
  const { title, list: all } = useLoaderData<typeof loader>();
  const searched = useActionData<typeof action>();
  const t = useTranslations("intake.stock");
  const coop = useTranslations("coop");
  const list = searched?.list ?? all;
  return (
    <div className="stack">
      <PageTitle back={{ href: "/coop", label: coop("today.title") }}>{title}</PageTitle>
      <p>{t("hint")}</p>
      <SearchForm
        words={{ label: t("search"), hint: t("searchHint"), button: t("searchButton") }}
        search={searched?.search ?? ""}
        error={searched?.errors.search}
      />
      <p>{t("count", { count: list.total })}</p>
      {list.rows.length === 0 ? <EmptyState title={t("none")} /> : <Lots rows={list.rows} />}
      <SearchPager path={PATH} search={list.search} page={list.page} pages={list.pages} />
    </div>
  );
}

function Lots({ rows }: { rows: LotView[] }) {
  const t = useTranslations("intake.stock");
  const locale = useLocale();
  const unitWords = useUnitWords();
  return (
    <DataTable
      caption={t("title")}
      rows={rows}
      rowKey={({ id }) => id}
      columns={[
        {
          label: t("what"),
          cell: (row) => (
            <RowLink href={`${PATH}/${row.id}`}>{pick(locale, row.titleZh, row.titleEn)}</RowLink>
          ),
        },
        { label: t("household"), cell: ({ headName }) => <span lang="zh-CN">{headName}</span> },
        { label: t("harvest"), cell: ({ harvestedOn }) => formatDate(harvestedOn, locale) },
        { label: t("unit"), cell: ({ unit, unitGrams }) => unitWords(unit, unitGrams) },
        { label: t("available"), isNumber: true, cell: ({ available }) => available },
        { label: t("held"), isNumber: true, cell: ({ held }) => held },
        { label: t("sold"), isNumber: true, cell: ({ sold }) => sold },
        { label: t("takenOut"), isNumber: true, cell: ({ takenOut }) => takenOut },
      ]}
    />
  );
}
