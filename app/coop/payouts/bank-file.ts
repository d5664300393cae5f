import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { requireCoop } from "#app/account/guards.ts";
import { bankFile } from "#app/domain/payouts/bank-file.ts";
import { readRun } from "#app/domain/payouts/read-run.ts";

/**
 * The bank file of an approved run as a download: before, nobody could be paid by one person alone.
 * Names and account numbers must not stay in any cache.
 */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "money");
  const run = await readRun(context.db, scope, params.runId ?? "");
  if (run?.status !== "confirmed") throw new Response(null, { status: 404 });
  return new Response(bankFile(run), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${run.number}.csv"`,
      "cache-control": "no-store",
    },
  });
}
