import { useTranslations } from "use-intl";
import { Button } from "#app/ui/button.tsx";
import { EmptyState, PageTitle } from "#app/ui/layout.tsx";
import { useWords } from "../packing/words.ts";
import { ParcelLabel } from "./parcel-label.tsx";
import { columns, MOST, type readLabels } from "./read-labels.ts";

type Read = Awaited<ReturnType<typeof readLabels>>;
type Paper = "roll" | "a4";

const pathOf = { roll: "/coop/packing-list/labels", a4: "/coop/packing-list/labels/a4" } as const;

/** The labels themselves, and above them, on the screen alone, which ones and on which paper. */
export function Labels({ read, paper }: { read: Read; paper: Paper }) {
  const { labels, status, parcelId } = read;
  const t = useTranslations("trace.label");
  const packing = useTranslations("coop.packingList");
  const words = useWords();
  const of = parcelId === null ? `state=${status}` : `parcel=${parcelId}`;
  const number = labels[0]?.orderNumber ?? "";
  const back =
    parcelId === null
      ? { href: `/coop/packing-list?state=${status}`, label: packing("title") }
      : { href: `/coop/parcels/${parcelId}`, label: t("parcel", { number }) };
  return (
    <div className="stack labels-page">
      <div className="no-print stack">
        <PageTitle back={back}>{t("title")}</PageTitle>
        {parcelId === null && (
          <nav className="tabs" aria-label={packing("title")}>
            {columns.map((column) => (
              <a
                key={column}
                href={`${pathOf[paper]}?state=${column}`}
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
            {parcelId === null && (
              <p>{t("count", { state: words.parcelStatus(status), count: labels.length })}</p>
            )}
            {labels.length === MOST && <p>{t("more", { count: MOST })}</p>}
            <p>{t(paper === "roll" ? "howToLabel" : "howToSheet")}</p>
            <span data-print hidden>
              <Button type="button">{packing("print")}</Button>
            </span>
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
