import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { requireCoop } from "#app/account/guards.ts";
import { countParcels } from "#app/domain/parcels/count-parcels.ts";
import { listChosenParcels, listParcels } from "#app/domain/parcels/list-parcels.ts";
import { filterQuery, readFilter } from "#app/domain/parcels/parcel-filter.ts";
import { hereStatuses } from "#app/domain/parcels/parcel-states.ts";
import { byHousehold, readHarvest } from "#app/domain/parcels/read-harvest.ts";
import { pageOf } from "#app/forms/page-of.ts";
import { translator } from "#app/i18n/translate.ts";
import { formatDateTime } from "#app/ui/format.ts";
import { EmptyState, PageTitle } from "#app/ui/layout.tsx";
import { Pager } from "#app/ui/pager.tsx";
import { FilterForm } from "./filter-form.tsx";
import { HarvestTable } from "./harvest-table.tsx";
import { HouseholdList } from "./household-list.tsx";
import { ListTabs, PrintBar, views } from "./list-tabs.tsx";
import { nearDays } from "./near-days.ts";
import { PackingSlip } from "./packing-slip.tsx";
import { useWords } from "./words.ts";

export const handle = { area: "coop", enhance: ["print-page"] };

/** As many as two people pack in a day; the next are on the next page. */
const MOST = 200;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "pack");
  const query = new URL(request.url).searchParams;
  const filter = { ...readFilter(query), carrier: null };
  const counts = await countParcels(context.db, scope, filter);
  const status =
    hereStatuses.find((here) => here === query.get("state")) ??
    (counts.accepted === 0 && counts.waiting > 0 ? "waiting" : "accepted");
  const asked = query.getAll("parcel").slice(0, MOST);
  const named = await listChosenParcels(context.db, scope, asked);
  const isNamed = asked.length > 0;
  if (isNamed && named.length === 0) throw new Response(null, { status: 404 });
  const by = isNamed ? "parcel" : (views.find((view) => view === query.get("by")) ?? "parcel");
  const pages = by === "parcel" && !isNamed ? Math.max(1, Math.ceil(counts[status] / MOST)) : 1;
  const page = Math.min(pages, pageOf(request));
  const [parcels, totals] = await Promise.all([
    isNamed || by !== "parcel"
      ? named
      : listParcels(context.db, scope, { status, filter, page, perPage: MOST }),
    by === "parcel" ? [] : readHarvest(context.db, scope, { status, filter }),
  ]);
  const title = translator(context.locale, "coop")("packingList.title");
  const shown = { by, status, filter, days: nearDays(), counts, page, pages, isNamed };
  return { title, ...shown, parcels, totals, printedAt: new Date() };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.title }];

export default function PackingList() {
  const read = useLoaderData<typeof loader>();
  const { by, status, filter, counts, page, pages, isNamed, parcels, totals } = read;
  const t = useTranslations("coop.packingList");
  const list = useTranslations("packing.list");
  const chosen = useTranslations("chosen");
  const words = useWords();
  const time = formatDateTime(read.printedAt, words.locale);
  const own = `state=${status}&by=${by}`;
  return (
    <div className="stack">
      <PageTitle>{t("title")}</PageTitle>
      <ListTabs {...{ by, status, filter, counts }} />
      <FilterForm
        filter={filter}
        days={read.days}
        href={`/coop/packing-list?${own}`}
        hasCarriers={false}
      />
      {counts[status] === 0 && !isNamed ? (
        <EmptyState title={t("empty")} />
      ) : (
        <>
          <p>
            {isNamed ? (
              chosen("parcels.papers", { count: parcels.length })
            ) : (
              <>
                {filter.day && `${list("filtered", { day: words.date(filter.day) })} · `}
                {t("of", { state: words.parcelStatus(status), count: counts[status] })}
              </>
            )}{" "}
            · {t("printed", { time })}
          </p>
          {pages > 1 && <p>{list("page", { page, pages, most: MOST })}</p>}
          <PrintBar
            labels={
              isNamed
                ? parcels.map(({ id }) => `parcel=${id}`).join("&")
                : `state=${status}${filterQuery(filter)}`
            }
          />
          {by === "product" && <HarvestTable totals={totals} />}
          {by === "household" && <HouseholdList homes={byHousehold(totals)} />}
          {parcels.map((parcel, index) => (
            <PackingSlip key={parcel.id} parcel={parcel} number={(page - 1) * MOST + index + 1} />
          ))}
          <div className="no-print">
            <Pager
              page={page}
              pages={pages}
              href={(to) => `/coop/packing-list?${own}${filterQuery(filter)}&page=${to}`}
            />
          </div>
        </>
      )}
    </div>
  );
}
