import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { requireCoop } from "#app/account/guards.ts";
import { countParcels } from "#app/domain/parcels/count-parcels.ts";
import { harvestTotals } from "#app/domain/parcels/harvest-totals.ts";
import { listParcels } from "#app/domain/parcels/list-parcels.ts";
import { translator } from "#app/i18n/translate.ts";
import { Button, ButtonLink } from "#app/ui/button.tsx";
import { formatDateTime } from "#app/ui/format.ts";
import { EmptyState, PageTitle } from "#app/ui/layout.tsx";
import { HarvestTable } from "./harvest-table.tsx";
import { PackingSlip } from "./packing-slip.tsx";
import { useWords } from "./words.ts";

export const handle = { area: "coop", enhance: ["print-page"] };

/** As many as two people pack in a day; the next list begins where this one was packed. */
const MOST = 200;
const columns = ["waiting", "accepted", "packed"] as const;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "pack");
  const counts = await countParcels(context.db, scope);
  const asked = new URL(request.url).searchParams.get("state");
  const status =
    columns.find((column) => column === asked) ??
    (counts.accepted === 0 && counts.waiting > 0 ? "waiting" : "accepted");
  const parcels = await listParcels(context.db, scope, { status, perPage: MOST });
  const totals = harvestTotals(parcels.flatMap((parcel) => parcel.lines));
  const title = translator(context.locale, "coop")("packingList.title");
  return { title, status, counts, parcels, totals, printedAt: new Date() };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.title }];

export default function PackingList() {
  const { status, counts, parcels, totals, printedAt } = useLoaderData<typeof loader>();
  const t = useTranslations("coop.packingList");
  const label = useTranslations("trace.label");
  const words = useWords();
  const time = formatDateTime(printedAt, words.locale);
  return (
    <div className="stack">
      <PageTitle>{t("title")}</PageTitle>
      <nav className="tabs no-print" aria-label={t("title")}>
        {columns.map((column) => (
          <a
            key={column}
            href={`/coop/packing-list?state=${column}`}
            className="max-md:px-2.5 max-md:text-[0.9375rem]"
            aria-current={column === status ? "page" : undefined}
          >
            {words.parcelStatus(column)} {counts[column]}
          </a>
        ))}
      </nav>
      {parcels.length === 0 ? (
        <EmptyState title={t("empty")} />
      ) : (
        <>
          <p>
            {t("of", { state: words.parcelStatus(status), count: parcels.length })} ·{" "}
            {t("printed", { time })}
          </p>
          {counts[status] > MOST && <p>{t("more", { count: MOST })}</p>}
          <div className="no-print">
            <p>{t("howToPrint")}</p>
            <span className="mt-2 flex flex-wrap gap-2">
              <span data-print hidden>
                <Button type="button">{t("print")}</Button>
              </span>
              <ButtonLink variant="quiet" href={`/coop/packing-list/labels?state=${status}`}>
                {label("open")}
              </ButtonLink>
            </span>
          </div>
          <HarvestTable totals={totals} />
          <h2 className="pt-4 text-xl">{t("parcels")}</h2>
          {parcels.map((parcel, index) => (
            <PackingSlip key={parcel.id} parcel={parcel} number={index + 1} />
          ))}
        </>
      )}
    </div>
  );
}
