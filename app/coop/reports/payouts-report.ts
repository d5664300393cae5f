import { readPaidOut } from "#app/domain/reports/read-paid-out.ts";
import { pick } from "#app/i18n/locale.ts";
import { formatFen } from "#app/ui/format.ts";
import { type Asked, columnsOf, type Report, sumRow } from "./report.ts";

/** What households were paid, and what came back from their banks. */
export async function payoutsReport({ db, scope, period, locale, t }: Asked): Promise<Report> {
  const paid = await readPaidOut(db, scope, period);
  const columns = columnsOf(t, [
    ["household", "text"],
    ["village", "text"],
    ["paid", "fen"],
    ["bounced", "fen"],
    ["kept", "fen"],
  ]);
  const rows = paid.map((row) => [
    ...[row.headName, pick(locale, row.villageZh, row.villageEn)],
    ...[row.paidFen, row.bouncedFen, row.netFen],
  ]);
  const sumFen = paid.reduce((sum, row) => sum + row.netFen, 0);
  return {
    facts: [
      [t("fact.households"), String(paid.length)],
      [t("col.kept"), formatFen(sumFen)],
    ],
    chart: null,
    sheets: [{ title: t("payouts.title"), columns, rows, sum: sumRow(t("sum"), rows, columns) }],
    isEmpty: paid.length === 0,
  };
}
