import type { AppLoadContext } from "@remix-run/server-runtime";
import type { CoopRight } from "#app/domain/people/coop-rights.ts";
import { readPeriod } from "#app/domain/reports/period.ts";
import type { ReportSheet, ValueKind } from "#app/domain/reports/report-sheet.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { Messages } from "#app/i18n/messages.ts";
import { translator } from "#app/i18n/translate.ts";

export const reportNames = ["sales", "packing", "payouts", "claims", "quiet"] as const;
export type ReportName = (typeof reportNames)[number];

/** Which right each report asks for. */
export const reportRights: Record<ReportName, CoopRight> = {
  sales: "money",
  packing: "pack",
  payouts: "money",
  claims: "sell",
  quiet: "sell",
};

export type ReportChart = {
  title: string;
  description: string;
  bars: { label: string; value: number; shown: string }[];
};

/** What one report says of some days. */
export type Report = {
  /** What stands above the tables, label and value. */
  facts: [string, string][];
  chart: ReportChart | null;
  /** What is shown; of a long time the days are put together by month. */
  sheets: ReportSheet[];
  /** What a file holds, where that is more. */
  fileSheets?: ReportSheet[];
  isEmpty: boolean;
};

/** Whose report, of which days, in which words. */
export type Asked = ReturnType<typeof askedOf>;

/** What a request asks of a report. */
export function askedOf(request: Request, { db, locale }: AppLoadContext, scope: CoopScope) {
  const query = new URL(request.url).searchParams;
  const t = translator(locale, "reports");
  return { db, scope, query, locale, t, period: readPeriod(query) };
}

type Col = keyof Messages["reports"]["col"];

/** The columns of a table by their words. */
export function columnsOf(t: Asked["t"], columns: readonly (readonly [Col, ValueKind])[]) {
  return columns.map(([name, kind]) => ({ label: t(`col.${name}`), kind }));
}

/** Adds up columns; the first says what the row is. */
export function sumRow(
  label: string,
  rows: ReportSheet["rows"],
  kinds: readonly { kind: ValueKind }[],
): ReportSheet["sum"] {
  if (rows.length < 2) return null;
  return kinds.map(({ kind }, place) => {
    if (place === 0) return label;
    if (kind === "text" || kind === "day") return null;
    return rows.reduce((sum, row) => sum + Number(row[place] ?? 0), 0);
  });
}
