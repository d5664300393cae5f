import { reportCsv } from "#app/domain/reports/report-csv.ts";
import type { ReportSheet } from "#app/domain/reports/report-sheet.ts";
import { reportXlsx } from "#app/domain/reports/report-xlsx.ts";
import type { StatementPart } from "#app/domain/statement/parts.ts";
import type { OwnStatement } from "#app/domain/statement/read-statement.ts";
import { type Locale, pick } from "#app/i18n/locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { download } from "#app/ui/download.ts";
import { formatDateTime } from "#app/ui/format.ts";
import { accountKey, kindKey } from "./words.ts";

/** The month as tables: entry by entry, oldest first, between the balances; and by kind. */
function sheetsOf(
  { entries, sums, openingFen, closingFen }: OwnStatement,
  locale: Locale,
): ReportSheet[] {
  const t = translator(locale, "statement");
  const text = (name: Parameters<typeof t>[0]) => ({ label: t(name), kind: "text" as const });
  const fen = (name: Parameters<typeof t>[0]) => ({ label: t(name), kind: "fen" as const });
  const empty = [null, null, null, null, null, null];
  const lines = entries.map((entry) => [
    formatDateTime(entry.occurredAt, locale),
    t(`kinds.${kindKey(entry.kind)}`),
    t(`account.${accountKey(entry.word)}`),
    entry.orderNumber ?? entry.runNumber ?? "",
    entry.headName ?? pick(locale, entry.goodsZh ?? "", entry.goodsEn ?? ""),
    ...(entry.fen > 0 ? [entry.fen, null] : [null, entry.fen]),
    entry.balanceFen,
    entry.seq,
    entry.sealedAt ? formatDateTime(entry.sealedAt, locale) : "",
  ]);
  return [
    {
      title: t("entries"),
      columns: [
        ...[text("when"), text("kind"), text("accountName"), text("origin"), text("detail")],
        ...[fen("inYuan"), fen("outYuan"), fen("balanceYuan")],
        { label: t("seq"), kind: "count" },
        text("sealed"),
      ],
      rows: [
        [t("opening"), ...empty, openingFen, null, null],
        ...lines,
        [t("closing"), ...empty, closingFen, null, null],
      ],
      sum: null,
    },
    {
      title: t("byKind"),
      columns: [
        text("kind"),
        { label: t("count"), kind: "count" },
        ...[fen("inYuan"), fen("outYuan"), fen("netYuan")],
      ],
      rows: sums.map((each) => [
        ...[t(`kinds.${kindKey(each.kind)}`), each.count, each.inFen, each.outFen],
        each.inFen + each.outFen,
      ]),
      sum: null,
    },
  ];
}

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** A whole month of a statement as a file; of another format than "csv" and "xlsx" there is none. */
export function statementFile(
  statement: OwnStatement,
  { part, format, locale }: { part: StatementPart; format?: string; locale: Locale },
): Response {
  const sheets = sheetsOf(statement, locale);
  const name = `statement-${part}-${statement.month}`;
  if (format === "csv") return download(reportCsv(sheets), `${name}.csv`);
  if (format === "xlsx") return download(reportXlsx(sheets), `${name}.xlsx`, XLSX);
  throw new Response(null, { status: 404 });
}
