import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { coopRights, requireCoop } from "#app/account/guards.ts";
import { readCooperative } from "#app/domain/cooperatives/read-cooperative.ts";
import {
  type Asked,
  askedOf,
  type Report,
  type ReportName,
  reportNames,
  reportRights,
} from "./report.ts";
import { formatOf, sendSheets } from "./send-sheets.ts";

type Make = (asked: Asked) => Promise<Report>;

/** What the page of a report shows; `by` says what it is divided by, where one can choose. */
export async function showReport(
  { request, context }: Pick<LoaderFunctionArgs, "request" | "context">,
  name: ReportName,
  make: Make,
  by: string | null = null,
) {
  const scope = await requireCoop(request, context, reportRights[name]);
  const rights = await coopRights(request, context);
  const asked = askedOf(request, context, scope);
  const [report, cooperative] = await Promise.all([
    make(asked),
    readCooperative(context.db, scope),
  ]);
  const { fileSheets: _files, ...shown } = report;
  return {
    ...{ name, by, period: asked.period, report: shown, cooperative, printedAt: new Date() },
    title: `${asked.t(`tab.${name}`)} · ${asked.t("title")}`,
    tabs: reportNames.filter((tab) => rights.includes(reportRights[tab])),
  };
}

/** A report as a file. */
export async function sendReport(
  { request, context, params }: LoaderFunctionArgs,
  name: ReportName,
  make: Make,
): Promise<Response> {
  const scope = await requireCoop(request, context, reportRights[name]);
  const format = formatOf(params);
  const asked = askedOf(request, context, scope);
  const report = await make(asked);
  const sheets = report.fileSheets ?? report.sheets;
  const { from, until } = asked.period;
  const file = name === "quiet" ? `${name}-${until}` : `${name}-${from}-${until}`;
  return sendSheets(sheets, file, format);
}
