import { useTranslations } from "use-intl";
import { filterQuery } from "#app/domain/parcels/parcel-filter.ts";
import { hereStatuses } from "#app/domain/parcels/parcel-states.ts";
import { Button } from "#app/ui/button.tsx";
import { EmptyState, PageTitle } from "#app/ui/layout.tsx";
import { Pager } from "#app/ui/pager.tsx";
import { useWords } from "../packing/words.ts";
import { ParcelLabel } from "./parcel-label.tsx";
import { MOST, type readLabels } from "./read-labels.ts";

type Read = Awaited<ReturnType<typeof readLabels>>;
type Paper = "roll" | "a4";

const pathOf = { roll: "/coop/packing-list/labels", a4: "/coop/packing-list/labels/a4" } as const;

/** The labels themselves, and above them, on the screen alone, which ones and on which paper. */
export function Labels({ read, paper }: { read: Read; paper: Paper }) {
  const { labels, status, parcelIds, count, page, pages } = read;
  const only = filterQuery(read.filter);
  const t = useTranslations("trace.label");
  const list = useTranslations("packing.list");
  const packing = useTranslations("coop.packingList");
  const words = useWords();
  const chosen = useTranslations("chosen");
  const [first, ...others] = parcelIds ?? [];
  const of = parcelIds ? parcelIds.map((id) => `parcel=${id}`).join("&") : `state=${status}${only}`;
  const number = labels[0]?.orderNumber ?? "";
  const back =
    first && others.length === 0
      ? { href: `/coop/parcels/${first}`, label: t("parcel", { number }) }
      : { href: `/coop/packing-list?state=${status}${only}`, label: packing("title") };
  return (
    <div className="stack labels-page">
      <div className="no-print stack">
        <PageTitle back={back}>{t("title")}</PageTitle>
        {parcelIds === null && (
          <nav className="tabs" aria-label={packing("title")}>
            {hereStatuses.map((column) => (
              <a
                key={column}
                href={`${pathOf[paper]}?state=${column}${only}`}
                aria-current={column === status ? "page" : undefined}
              >
                {words.parcelStatus(column)}
              </a>
            ))}
          </nav>
        )}
        <nav className="tabs" aria-label={t("paper")}>
          {(["roll", "a4"] as const).map((one) => (
            <a
              key={one}
              href={`${pathOf[one]}?${of}`}
              aria-current={one === paper ? "page" : undefined}
            >
              {t(one)}
            </a>
          ))}
        </nav>
        {labels.length > 0 && (
          <>
            {parcelIds === null && (
              <p>{t("count", { state: words.parcelStatus(status), count })}</p>
            )}
            {others.length > 0 && <p>{chosen("parcels.papers", { count: labels.length })}</p>}
            {pages > 1 && <p>{list("page", { page, pages, most: MOST })}</p>}
            <p>{t(paper === "roll" ? "howToLabel" : "howToSheet")}</p>
            <span data-print hidden>
              <Button type="button">{packing("print")}</Button>
            </span>
            <Pager page={page} pages={pages} href={(to) => `${pathOf[paper]}?${of}&page=${to}`} />
          </>
        )}
      </div>
      {labels.length === 0 && <EmptyState title={t("empty")} />}
      <div className={`labels labels-${paper}`}>
        {labels.map((label) => (
          <ParcelLabel key={label.id} label={label} />
        ))}
      </div>
    </div>
  );
}
