import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { requireCoop } from "#app/account/guards.ts";
import { columnsOf, headOf } from "#app/domain/imports/columns.ts";
import { keptVerdicts } from "#app/domain/imports/faults.ts";
import { readKeptImport } from "#app/domain/imports/keep-import.ts";
import { csvFile } from "#app/domain/sheets/csv-file.ts";
import { translator } from "#app/i18n/translate.ts";
import { download } from "#app/ui/download.ts";

/**
 * The lines that are wrong, as they stood, and in a column behind them why: to be mended there and
 * sent again.
 */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "sell");
  const file = await readKeptImport(context.db, scope, params.importId ?? "");
  if (!file) throw new Response(null, { status: 404 });
  const t = translator(context.locale, "imports");
  const { needed, more, shown } = columnsOf[file.kind];
  const columns = [...needed, ...more, ...shown];
  const lines = keptVerdicts(file.rows, "wrong").map(({ said, line, verdict }) => [
    ...columns.map((column) => said[column] ?? ""),
    String(line),
    verdict.faults
      .map(({ column, fault }) => `${t(`column.${column}`)}: ${t(`fault.${fault}`)}`)
      .join("; "),
  ]);
  const header = [...columns.map(headOf), t("line"), t("why")];
  return download(csvFile([header, ...lines]), "wrong-lines.csv");
}
