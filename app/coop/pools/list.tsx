import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useLocale, useTranslations } from "use-intl";
import { requireCoop } from "#app/account/guards.ts";
import { listPools, type PoolView } from "#app/domain/pools/read-pools.ts";
import { pageOf } from "#app/forms/page-of.ts";
import { pick } from "#app/i18n/locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { DataTable, RowLink } from "#app/ui/data-table.tsx";
import { formatFen } from "#app/ui/format.ts";
import { EmptyState, PageTitle } from "#app/ui/layout.tsx";
import { Pager } from "#app/ui/pager.tsx";
import { useUnitWords } from "#app/ui/unit-words.ts";

export const handle = { area: "coop" };

const A_PAGE = 50;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "sell");
  const page = pageOf(request);
  const { rows, total } = await listPools(context.db, scope, { page, perPage: A_PAGE });
  const title = translator(context.locale, "pools")("title");
  return { title, rows, page, pages: Math.ceil(total / A_PAGE) };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.title }];

/** What the cooperative sells for many households together. */
export default function Pools() {
  const { title, rows, page, pages } = useLoaderData<typeof loader>();
  const t = useTranslations("pools");
  const coop = useTranslations("coop");
  return (
    <div className="stack">
      <PageTitle back={{ href: "/coop", label: coop("today.title") }}>{title}</PageTitle>
      <p>{t("intro")}</p>
      <p>
        <ButtonLink href="/coop/pools/new">{t("new")}</ButtonLink>
      </p>
      {rows.length === 0 ? <EmptyState title={t("none")} /> : <PoolTable rows={rows} />}
      <Pager page={page} pages={pages} href={(to) => `/coop/pools?page=${to}`} />
    </div>
  );
}

function PoolTable({ rows }: { rows: PoolView[] }) {
  const t = useTranslations("pools");
  const locale = useLocale();
  const unitWords = useUnitWords();
  return (
    <DataTable
      caption={t("title")}
      rows={rows}
      rowKey={({ id }) => id}
      columns={[
        {
          label: t("col.what"),
          cell: (row) => (
            <RowLink href={`/coop/pools/${row.id}`}>
              {pick(locale, row.titleZh, row.titleEn)}
            </RowLink>
          ),
        },
        {
          label: t("col.price"),
          cell: (row) => `${formatFen(row.priceFen)} / ${unitWords(row.unit, row.unitGrams)}`,
        },
        { label: t("col.state"), cell: ({ status }) => t(`state.${status}`) },
        { label: t("col.households"), isNumber: true, cell: ({ households }) => households },
        { label: t("col.available"), isNumber: true, cell: ({ available }) => available },
        { label: t("col.held"), isNumber: true, cell: ({ held }) => held },
        { label: t("col.sold"), isNumber: true, cell: ({ sold }) => sold },
      ]}
    />
  );
}
