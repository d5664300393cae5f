import { useLocale, useTranslations } from "use-intl";
import type { CoopListing } from "#app/domain/consents/read-coop-listings.ts";
import { pick } from "#app/i18n/locale.ts";
import { StatusBadge } from "#app/offers/status-badge.tsx";
import { ChooseBox, type Choosing } from "#app/ui/choose-row.tsx";
import { type Column, DataTable, RowLink } from "#app/ui/data-table.tsx";
import { formatDateTime } from "#app/ui/format.ts";
import { Money } from "#app/ui/money.tsx";
import { useUnitWords } from "#app/ui/unit-words.ts";
import { ConsentState } from "./consent-state.tsx";
import { coopDesk } from "./open-listing.ts";

/** What its household has not agreed to, and what is down for good, nobody pauses nor prices. */
const canBeChosen = ({ status }: CoopListing) => status === "published" || status === "paused";

/**
 * What the cooperative's households sell or are asked about, each leading to its page; with `choosing`
 * each that runs can be chosen for something that is done with several.
 */
export function ListingTable({ rows, choosing }: { rows: CoopListing[]; choosing?: Choosing }) {
  const t = useTranslations("consent.listings");
  const locale = useLocale();
  const unitWords = useUnitWords();
  const choose = useTranslations("chosen");
  const boxes: Column<CoopListing>[] = choosing
    ? [
        {
          label: choose("column"),
          cell: (row) =>
            canBeChosen(row) && (
              <ChooseBox
                {...{ ...choosing, name: "listing", value: row.id }}
                label={choose("row", { what: pick(locale, row.titleZh, row.titleEn) })}
              />
            ),
        },
      ]
    : [];
  return (
    <DataTable
      caption={t("caption")}
      rows={rows}
      rowKey={(row) => row.id}
      columns={[
        ...boxes,
        {
          label: t("what"),
          cell: (row) => (
            <RowLink href={coopDesk.path(row.id)}>{pick(locale, row.titleZh, row.titleEn)}</RowLink>
          ),
        },
        {
          label: t("household"),
          cell: (row) => (
            <>
              <span lang="zh-CN">{row.headName}</span> · {pick(locale, row.aliasZh, row.aliasEn)}
            </>
          ),
        },
        {
          label: t("price"),
          isNumber: true,
          cell: (row) => (
            <>
              <Money fen={row.priceFen} /> / {unitWords(row.unit, row.unitGrams)}
            </>
          ),
        },
        { label: t("quantity"), isNumber: true, cell: (row) => row.available },
        { label: t("asked"), cell: (row) => formatDateTime(row.createdAt, locale) },
        {
          label: t("state"),
          cell: (row) =>
            row.status === "draft" && row.consent ? (
              <ConsentState consent={row.consent} />
            ) : (
              <StatusBadge listing={row} />
            ),
        },
      ]}
    />
  );
}
