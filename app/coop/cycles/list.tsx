import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { coopRights, requireCoop } from "#app/account/guards.ts";
import { type CycleRow, listCycles, readWaiting } from "#app/domain/cycles/read-cycles.ts";
import { pageOf } from "#app/forms/page-of.ts";
import { pick } from "#app/i18n/locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { Button, ButtonLink } from "#app/ui/button.tsx";
import { DataTable, RowLink } from "#app/ui/data-table.tsx";
import { Badge, Card, EmptyState, Notice, PageTitle } from "#app/ui/layout.tsx";
import { Pager } from "#app/ui/pager.tsx";
import { useCycleWords } from "./cycle-words.ts";
import { Guide } from "./guide.tsx";

export const handle = { area: "coop" };

const PER_PAGE = 30;
const MOST_WAITING = 100;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "pack");
  const maySell = (await coopRights(request, context)).includes("sell");
  const now = new Date();
  const asked = { page: pageOf(request), perPage: PER_PAGE };
  const [{ cycles, total }, waiting] = await Promise.all([
    listCycles(context.db, scope, asked),
    maySell ? readWaiting(context.db, scope, { now, most: MOST_WAITING }) : [],
  ]);
  const query = new URL(request.url).searchParams;
  return {
    ...{ title: translator(context.locale, "cycles")("title"), now, maySell, cycles, waiting },
    ...{ page: asked.page, pages: Math.max(1, Math.ceil(total / PER_PAGE)) },
    freed: (["freed", "in-cycle"] as const).find((word) => word === query.get("news")) ?? null,
  };
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

export default function Cycles() {
  const { title, now, maySell, cycles, waiting, page, pages, freed } =
    useLoaderData<typeof loader>();
  const t = useTranslations("cycles");
  const coop = useTranslations("coop");
  const { locale } = useCycleWords();
  return (
    <div className="stack">
      <PageTitle back={{ href: "/coop", label: coop("today.title") }}>{title}</PageTitle>
      {freed && (
        <Notice role="status" tone={freed === "freed" ? "leaf" : "red"}>
          {t(`waiting.${freed}`)}
        </Notice>
      )}
      <p>{t("intro")}</p>
      {maySell && (
        <p>
          <ButtonLink href="/coop/cycles/new">{t("plan")}</ButtonLink>
        </p>
      )}
      {cycles.length === 0 ? (
        <EmptyState title={t("none")}>{t("noneHint")}</EmptyState>
      ) : (
        <CycleTable {...{ cycles, now, maySell }} />
      )}
      <Pager page={page} pages={pages} href={(to) => `/coop/cycles?page=${to}`} />
      {waiting.length > 0 && (
        <Card title={t("waiting.title")}>
          <p>{t("waiting.hint")}</p>
          <ul>
            {waiting.map((listing) => (
              <li
                key={listing.id}
                className="flex flex-wrap items-center justify-between gap-x-4 border-t border-line py-2"
              >
                <a
                  className="inline-flex min-h-11 min-w-11 items-center"
                  href={`/produce/${listing.id}`}
                >
                  {pick(locale, listing.titleZh, listing.titleEn)}
                </a>
                <form method="post" action={`/coop/listings/${listing.id}/any-time`}>
                  <Button variant="quiet">{t("waiting.free")}</Button>
                </form>
              </li>
            ))}
          </ul>
        </Card>
      )}
      <Guide />
    </div>
  );
}

type TableProps = { cycles: readonly CycleRow[]; now: Date; maySell: boolean };

function CycleTable({ cycles, now, maySell }: TableProps) {
  const t = useTranslations("cycles.col");
  const words = useCycleWords();
  return (
    <DataTable
      caption={t("caption")}
      rows={cycles}
      rowKey={({ id }) => id}
      columns={[
        {
          label: t("window"),
          cell: (row) =>
            maySell ? (
              <RowLink href={`/coop/cycles/${row.id}`}>{words.window(row)}</RowLink>
            ) : (
              words.window(row)
            ),
        },
        {
          label: t("state"),
          cell: (row) => {
            const { tone, word } = words.state(row, now);
            return <Badge tone={tone}>{word}</Badge>;
          },
        },
        { label: t("listings"), isNumber: true, cell: ({ listings }) => listings },
        { label: t("orders"), isNumber: true, cell: ({ paid }) => paid },
        { label: t("collects"), cell: ({ collectsOn }) => words.day(collectsOn) },
        { label: t("ships"), cell: ({ shipsOn }) => words.day(shipsOn) },
        {
          label: t("run"),
          cell: (row) => <RowLink href={`/coop/cycles/${row.id}/run`}>{t("toRun")}</RowLink>,
        },
      ]}
    />
  );
}
