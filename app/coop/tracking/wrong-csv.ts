import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { requireCoop } from "#app/account/guards.ts";
import { readKeptTracking } from "#app/domain/parcels/tracking/keep-tracking.ts";
import { isWrong } from "#app/domain/parcels/tracking/verdicts.ts";
import { csvFile } from "#app/domain/sheets/csv-file.ts";
import { translator } from "#app/i18n/translate.ts";
import { download } from "#app/ui/download.ts";

/** The lines that are wrong, as they stood, and why: to be mended there and sent again. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "pack");
  const file = await readKeptTracking(context.db, scope, params.fileId ?? "");
  if (!file) throw new Response(null, { status: 404 });
  const t = translator(context.locale, "packing");
  const imports = translator(context.locale, "imports");
  const lines = file.rows
    .filter(isWrong)
    .map(({ said, line, verdict }) => [
      ...[said.order, said.carrier, said.number],
      ...[String(line), t(`tracking.verdict.${verdict}`)],
    ]);
  // As read-tracking.ts knows them, in every language of the site.
  const header = ["订单号", "快递公司", "快递单号", imports("line"), imports("why")];
  return download(csvFile([header, ...lines]), "wrong-lines.csv");
}
