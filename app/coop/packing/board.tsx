import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { requireCoop } from "#app/account/guards.ts";
import { countParcels } from "#app/domain/parcels/count-parcels.ts";
import { listParcels } from "#app/domain/parcels/list-parcels.ts";
import {
  isOpen,
  isStatus,
  type OpenParcelStatus,
  openParcelStatuses,
} from "#app/domain/parcels/parcel-states.ts";
import { pageOf } from "#app/forms/page-of.ts";
import { translator } from "#app/i18n/translate.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { EmptyState, PageTitle } from "#app/ui/layout.tsx";
import { OlderPager } from "#app/ui/older-pager.tsx";
import { Pager } from "#app/ui/pager.tsx";
import { ParcelRow } from "./parcel-row.tsx";
import { StateTabs } from "./state-tabs.tsx";
import { useWords } from "./words.ts";

export const handle = { area: "coop" };

const PER_PAGE = 50;

/** Without a choice: the first column in which work waits. */
function firstWithWork(counts: Record<OpenParcelStatus, number>): OpenParcelStatus {
  return openParcelStatuses.find((status) => counts[status] > 0) ?? "waiting";
}

export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "pack");
  const query = new URL(request.url).searchParams;
  const counts = await countParcels(context.db, scope);
  const asked = query.get("state") ?? "";
  const status = isStatus(asked) ? asked : firstWithWork(counts);
  const pages = isOpen(status) ? Math.max(1, Math.ceil(counts[status] / PER_PAGE)) : 1;
  const page = Math.min(pages, pageOf(request));
  const before = isOpen(status) ? null : query.get("before");
  // One more than a page shows whether there is another.
  const found = await listParcels(context.db, scope, {
    ...{ status, page, before, perPage: isOpen(status) ? PER_PAGE : PER_PAGE + 1 },
  });
  const parcels = found.slice(0, PER_PAGE);
  const older = found.length > PER_PAGE ? (parcels.at(-1)?.id ?? null) : null;
  const title = translator(context.locale, "coop")("board.title");
  return { title, counts, status, page, pages, parcels, older, isOlder: before !== null };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.title }];

export default function Board() {
  const { counts, status, page, pages, parcels, older, isOlder } = useLoaderData<typeof loader>();
  const t = useTranslations("coop.board");
  const label = useTranslations("trace.label");
  const words = useWords();
  const state = words.parcelStatus(status);
  const isToPick = status === "waiting" || status === "accepted";
  return (
    <div className="stack">
      <PageTitle>{t("title")}</PageTitle>
      <StateTabs counts={counts} current={status} />
      {isToPick && parcels.length > 0 && (
        <p>
          <ButtonLink variant="quiet" href={`/coop/packing-list?state=${status}`}>
            {t("toList")}
          </ButtonLink>
        </p>
      )}
      {status === "packed" && parcels.length > 0 && (
        <p>
          <ButtonLink variant="quiet" href="/coop/packing-list/labels?state=packed">
            {label("open")}
          </ButtonLink>
        </p>
      )}
      {parcels.length === 0 ? (
        <EmptyState title={t("empty", { state })} />
      ) : (
        <ul aria-label={t("caption", { state })} className="card divide-y divide-line py-0">
          {parcels.map((parcel) => (
            <ParcelRow key={parcel.id} parcel={parcel} />
          ))}
        </ul>
      )}
      <Pager page={page} pages={pages} href={(to) => `/coop/parcels?state=${status}&page=${to}`} />
      <OlderPager href={`/coop/parcels?state=${status}`} older={older} isOlder={isOlder} />
    </div>
  );
}
