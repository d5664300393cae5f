import { useLocale, useTranslations } from "use-intl";
import type { FactChange } from "#app/domain/listings/note-changes.ts";
import type { HistoryEntry } from "#app/domain/listings/read-history.ts";
import type { OwnListing } from "#app/domain/listings/read-own-listings.ts";
import { formatDate, formatDateTime } from "#app/ui/format.ts";
import { PageTitle } from "#app/ui/layout.tsx";
import type { Desk } from "./desk.ts";
import { factWords } from "./fact-words.ts";

type Side = Pick<Desk, "side">;

function Entry({ entry, side }: Side & { entry: HistoryEntry }) {
  const t = useTranslations("farmListing.history");
  const reasons = useTranslations("farmListing.sellOut.reason");
  const locale = useLocale();
  const words = factWords(locale);
  const { what, before, after, quantity, harvestedOn, reason } = entry;
  const told = () => {
    if (quantity !== null && harvestedOn !== null) {
      const moved = { quantity, day: formatDate(harvestedOn, locale) };
      if (what === "restock") return t("restock", moved);
      const why = reasons(reason ?? "other");
      return t(what === "called-off" ? "calledOff" : "sellOut", { ...moved, reason: why });
    }
    if (what === "photos") return t("what.photos");
    const fact = what as FactChange["what"];
    const facts = { before: words(fact, before), after: words(fact, after) };
    return t("changed", { what: t(`what.${fact}`), ...facts });
  };
  return (
    <li className="card">
      <p className="font-bold">{told()}</p>
      {quantity !== null && before !== after && <p>{t("onSale", { before, after })}</p>}
      <p className="hint">
        {formatDateTime(entry.at, locale)} · {t("by", { by: entry.by, side })}
      </p>
    </li>
  );
}

type Props = {
  desk: Pick<Desk, "side" | "path">;
  title: string;
  listing: Pick<OwnListing, "id" | "publishedAt">;
  entries: HistoryEntry[];
};

/** The page that tells what was changed of a listing, when and by whom. */
export function HistoryList({ desk, title, listing, entries }: Props) {
  const t = useTranslations("farmListing");
  const locale = useLocale();
  return (
    <div className="narrow stack">
      <PageTitle back={{ href: desk.path(listing.id), label: t("edit.back") }}>{title}</PageTitle>
      {entries.length === 0 && <p>{t("history.none")}</p>}
      <ol className="stack">
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} side={desk.side} />
        ))}
        {listing.publishedAt && (
          <li className="card">
            <p className="font-bold">{t("history.published")}</p>
            <p className="hint">{formatDateTime(listing.publishedAt, locale)}</p>
          </li>
        )}
      </ol>
    </div>
  );
}
