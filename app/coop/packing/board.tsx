import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { requireCoop } from "#app/account/guards.ts";
import { countParcels } from "#app/domain/parcels/count-parcels.ts";
import { countTicked } from "#app/domain/parcels/count-ticked.ts";
import { listParcels } from "#app/domain/parcels/list-parcels.ts";
import { filterQuery, type ParcelFilter, readFilter } from "#app/domain/parcels/parcel-filter.ts";
import {
  hasLeft,
  isBoxOpen,
  isOpen,
  isStatus,
  type OpenParcelStatus,
  openParcelStatuses,
} from "#app/domain/parcels/parcel-states.ts";
import { readLastStep, readTicks } from "#app/domain/parcels/read-ticks.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import { pageOf } from "#app/forms/page-of.ts";
import { translator } from "#app/i18n/translate.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { ChooseAll } from "#app/ui/choose-row.tsx";
import { EmptyState, PageTitle } from "#app/ui/layout.tsx";
import { OlderPager } from "#app/ui/older-pager.tsx";
import { Pager } from "#app/ui/pager.tsx";
import { AlreadyNotice } from "./already-notice.tsx";
import { ChooseBar } from "./chosen/choose-bar.tsx";
import { FilterForm } from "./filter-form.tsx";
import { nearDays } from "./near-days.ts";
import { ParcelRow } from "./parcel-row.tsx";
import { StateTabs } from "./state-tabs.tsx";
import { useWords } from "./words.ts";

export const handle = { area: "coop" };

const PER_PAGE = 50;

/** Without a choice: the first column in which work waits. */
function firstWithWork(counts: Record<OpenParcelStatus, number>): OpenParcelStatus {
  return openParcelStatuses.find((status) => counts[status] > 0) ?? "waiting";
}

/** By day all of them; by carrier those that have one. */
async function countChosen(
  db: LoaderFunctionArgs["context"]["db"],
  scope: CoopScope,
  chosen: ParcelFilter,
) {
  const counts = await countParcels(db, scope, { ...chosen, carrier: null });
  if (chosen.carrier === null) return counts;
  return { ...counts, shipped: (await countParcels(db, scope, chosen)).shipped };
}

export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "pack");
  const query = new URL(request.url).searchParams;
  const chosen = readFilter(query);
  const counts = await countChosen(context.db, scope, chosen);
  const asked = query.get("state") ?? "";
  const status = isStatus(asked) ? asked : firstWithWork(counts);
  const filter = hasLeft(status) ? chosen : { ...chosen, carrier: null };
  const pages = isOpen(status) ? Math.max(1, Math.ceil(counts[status] / PER_PAGE)) : 1;
  const page = Math.min(pages, pageOf(request));
  const before = isOpen(status) ? null : query.get("before");
  // One more than a page shows whether there is another.
  const found = await listParcels(context.db, scope, {
    ...{ status, filter, page, before },
    perPage: isOpen(status) ? PER_PAGE : PER_PAGE + 1,
  });
  const parcels = found.slice(0, PER_PAGE);
  const older = found.length > PER_PAGE ? (parcels.at(-1)?.id ?? null) : null;
  const ids = parcels.map(({ id }) => id);
  const [ticks, already] = await Promise.all([
    readTicks(context.db, scope, ids),
    readLastStep(context.db, scope, query.get("already") ?? ""),
  ]);
  const inBox = Object.fromEntries(parcels.map(({ id, lines }) => [id, countTicked(lines, ticks)]));
  const title = translator(context.locale, "coop")("board.title");
  const list = { status, page, pages, parcels, older, isOlder: before !== null, inBox };
  const isAll = query.get("choose") === "all";
  return { title, counts, chosen, filter, days: nearDays(), already, isAll, ...list };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.title }];

export default function Board() {
  const read = useLoaderData<typeof loader>();
  const { counts, chosen, status, filter, days, already } = read;
  const { page, pages, parcels, older, isOlder, inBox, isAll } = read;
  const t = useTranslations("coop.board");
  const tracking = useTranslations("packing.tracking");
  const label = useTranslations("trace.label");
  const words = useWords();
  const state = words.parcelStatus(status);
  const only = filterQuery(filter);
  return (
    <div className="stack">
      <PageTitle>{t("title")}</PageTitle>
      {already && <AlreadyNotice step={already} />}
      <StateTabs counts={counts} current={status} filter={chosen} />
      <FilterForm
        filter={filter}
        days={days}
        href={`/coop/parcels?state=${status}`}
        hasCarriers={hasLeft(status)}
      />
      {isBoxOpen(status) && parcels.length > 0 && (
        <p>
          <ButtonLink variant="quiet" href={`/coop/packing-list?state=${status}${only}`}>
            {t("toList")}
          </ButtonLink>
        </p>
      )}
      {status === "packed" && parcels.length > 0 && (
        <p className="flex flex-wrap gap-2">
          <ButtonLink variant="quiet" href="/coop/tracking">
            {tracking("open")}
          </ButtonLink>
          <ButtonLink variant="quiet" href={`/coop/packing-list/labels?state=packed${only}`}>
            {label("open")}
          </ButtonLink>
        </p>
      )}
      {parcels.length > 1 && isOpen(status) && (
        <ChooseAll path={`/coop/parcels?state=${status}${only}&page=${page}`} isAll={isAll} />
      )}
      {parcels.length === 0 ? (
        <EmptyState title={t("empty", { state })} />
      ) : (
        <ul aria-label={t("caption", { state })} className="card divide-y divide-line py-0">
          {parcels.map((parcel) => (
            <ParcelRow
              key={parcel.id}
              parcel={parcel}
              filter={filter}
              inBox={inBox[parcel.id]}
              choosing={isOpen(status) ? { form: "chosen", isAll } : undefined}
            />
          ))}
        </ul>
      )}
      {parcels.length > 0 && isOpen(status) && <ChooseBar {...{ status, filter, parcels }} />}
      <Pager
        page={page}
        pages={pages}
        href={(to) => `/coop/parcels?state=${status}${only}&page=${to}`}
      />
      <OlderPager href={`/coop/parcels?state=${status}${only}`} older={older} isOlder={isOlder} />
    </div>
  );
}
