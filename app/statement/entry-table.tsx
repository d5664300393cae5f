import { useLocale, useTranslations } from "use-intl";
import type { StatementPart } from "#app/domain/statement/parts.ts";
import type { OwnEntry } from "#app/domain/statement/read-statement.ts";
import { pick } from "#app/i18n/locale.ts";
import { DataTable, RowLink } from "#app/ui/data-table.tsx";
import { formatDateTime } from "#app/ui/format.ts";
import { Badge } from "#app/ui/layout.tsx";
import { Money } from "#app/ui/money.tsx";
import { accountKey, kindKey } from "./words.ts";

type Entry = OwnEntry;

/** What somebody of the cooperative may do for it; null for whoever looks from outside, and opens nothing. */
export type Reader = { rights: readonly string[] } | null;

/** What an entry came from; a link where it leads to a page that she may open. */
function Origin({ entry, reader }: { entry: Entry; reader: Reader }) {
  const t = useTranslations("statement");
  const goods = pick(useLocale(), entry.goodsZh ?? "", entry.goodsEn ?? "");
  const { orderNumber, parcelId, claimId, moveId, runId, runNumber, payoutId, headName } = entry;
  if (runId) {
    return (
      <>
        {reader ? (
          <RowLink href={`/coop/payouts/${runId}#item-${payoutId}`}>{runNumber}</RowLink>
        ) : (
          <strong className="tabular-nums">{runNumber}</strong>
        )}
        {headName && (
          <span lang="zh-CN" className="block text-sm text-earth">
            {headName}
          </span>
        )}
      </>
    );
  }
  return (
    <>
      {orderNumber && parcelId && reader?.rights.includes("pack") ? (
        <RowLink href={`/coop/parcels/${parcelId}`}>{orderNumber}</RowLink>
      ) : (
        (orderNumber || !moveId || !reader) && (
          <strong className="tabular-nums">{orderNumber ?? "—"}</strong>
        )
      )}
      {reader && moveId && (
        <RowLink href={`/coop/reserve/${moveId}`}>{t(claimId ? "toDraw" : "toMove")}</RowLink>
      )}
      {goods && <span className="block text-sm text-earth">{goods}</span>}
      {claimId && reader?.rights.includes("sell") && (
        <RowLink href={`/coop/claims/${claimId}`}>{t("toClaim")}</RowLink>
      )}
    </>
  );
}

/** Since when an entry is sealed, and its proof to take away. */
function Seal({ entry, reader }: { entry: Entry; reader: Reader }) {
  const t = useTranslations("statement");
  const locale = useLocale();
  if (!entry.sealedAt) return <>{t("soon")}</>;
  return (
    <>
      {formatDateTime(entry.sealedAt, locale)}
      {reader && (
        <span className="block">
          {entry.isShared ? (
            <span className="text-sm text-earth">{t("shared")}</span>
          ) : (
            <a
              className="inline-flex min-h-11 min-w-11 items-center"
              href={`/coop/statement/entries/${entry.transactionId}/proof`}
            >
              {t("proof")}
              <span className="sr-only"> {entry.seq}</span>
            </a>
          )}
        </span>
      )}
    </>
  );
}

/** Entry by entry, newest first, with the balance after each. */
export function EntryTable({
  entries,
  reader,
  part,
}: {
  entries: Entry[];
  reader: Reader;
  part: StatementPart;
}) {
  const t = useTranslations("statement");
  const locale = useLocale();
  return (
    <DataTable
      caption={t("entries")}
      rows={entries}
      rowKey={(entry) => entry.cursor}
      columns={[
        { label: t("when"), cell: (entry) => formatDateTime(entry.occurredAt, locale) },
        {
          label: t("kind"),
          cell: (entry) => (
            <>
              <Badge tone={entry.fen > 0 ? "leaf" : "persimmon"}>
                {t(`kinds.${kindKey(entry.kind)}`)}
              </Badge>
              {part === "own" && (
                <span className="block text-sm text-earth">
                  {t(`account.${accountKey(entry.word)}`)}
                </span>
              )}
            </>
          ),
        },
        { label: t("origin"), cell: (entry) => <Origin entry={entry} reader={reader} /> },
        {
          label: t("fen"),
          isNumber: true,
          cell: (entry) => (
            <strong>
              <Money fen={entry.fen} />
            </strong>
          ),
        },
        {
          label: t("balance"),
          isNumber: true,
          cell: (entry) => <Money fen={entry.balanceFen} />,
        },
        { label: t("sealed"), cell: (entry) => <Seal entry={entry} reader={reader} /> },
      ]}
    />
  );
}
