import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { requireCoop } from "#app/account/guards.ts";
import { bankFile } from "#app/domain/payouts/bank-file.ts";
import { readRun } from "#app/domain/payouts/read-run.ts";
import { download } from "#app/ui/download.ts";
import { leadToRun } from "./lead-to-run.ts";

/** The bank file of an approved run: before, nobody could be paid by one person alone. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "money");
  const run = await readRun(context.db, scope, params.runId ?? "");
  if (run?.status !== "confirmed") throw new Response(null, { status: 404 });
  // A file that goes to the bank after its run was taken back would pay every household twice.
  if (run.reversal) return leadToRun(run.id, { ok: false, reason: run.reversal });
  return download(bankFile(run), `${run.number}.csv`);
}
