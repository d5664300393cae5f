import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useLocale, useTranslations } from "use-intl";
import type { FactChange } from "#app/domain/listings/note-changes.ts";
import { type HistoryEntry, readHistory } from "#app/domain/listings/read-history.ts";
import { translator } from "#app/i18n/translate.ts";
import { formatDate, formatDateTime } from "#app/ui/format.ts";
import { PageTitle } from "#app/ui/layout.tsx";
import { factWords } from "./fact-words.ts";
import { listingPath, openListing } from "./open-listing.ts";

export const handle = { area: "farm" };

export async function loader(args: LoaderFunctionArgs) {
  const { scope, listing } = await openListing(args);
  return {
    title: translator(args.context.locale, "farmListing")("history.title"),
    listing,
    entries: await readHistory(args.context.db, scope, listing.id),
  };
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [{ title: loaded?.title }];

function Entry({ entry }: { entry: HistoryEntry }) {
  const t = useTranslations("farmListing.history");
  const reasons = useTranslations("farmListing.sellOut.reason");
  const locale = useLocale();
  const words = factWords(locale);
  const { what, before, after, quantity, harvestedOn, reason } = entry;
  const told = () => {
    if (quantity !== null && harvestedOn !== null) {
      const moved = { quantity, day: formatDate(harvestedOn, locale) };
      if (what === "restock") return t("restock", moved);
      return t("sellOut", { ...moved, reason: reasons(reason ?? "other") });
    }
    if (what === "photos") return t("what.photos");
    const fact = what as FactChange["what"];
    const facts = { before: words(fact, before), after: words(fact, after) };
    return t("changed", { what: t(`what.${fact}`), ...facts });
  };
  return (
    <li className="card">
      <p className="font-bold" data-read="">
        {told()}
      </p>
      {quantity !== null && <p>{t("onSale", { before, after })}</p>}
      <p className="hint">
        {formatDateTime(entry.at, locale)} · {t(entry.isMine ? "me" : "other")}
      </p>
    </li>
  );
}

export default function HistoryPage() {
  const { title, listing, entries } = useLoaderData<typeof loader>();
  const t = useTranslations("farmListing");
  const locale = useLocale();
  return (
    <div className="narrow stack">
      <PageTitle back={{ href: listingPath(listing.id), label: t("edit.back") }}>{title}</PageTitle>
      {entries.length === 0 && <p>{t("history.none")}</p>}
      <ol className="stack">
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry as HistoryEntry} />
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
