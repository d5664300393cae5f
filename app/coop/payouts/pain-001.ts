import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { requireCoop } from "#app/account/guards.ts";
import { readBankAccount } from "#app/domain/cooperatives/bank-account.ts";
import { pain001 } from "#app/domain/payouts/pain-001.ts";
import { readRun } from "#app/domain/payouts/read-run.ts";
import { download } from "#app/ui/download.ts";
import { leadToRun } from "./lead-to-run.ts";

/** The same as the bank file, as banks' systems read it: by the same rights, in no cache either. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "money");
  const run = await readRun(context.db, scope, params.runId ?? "");
  if (run?.status !== "confirmed" || !run.confirmedAt) throw new Response(null, { status: 404 });
  // A file that goes to the bank after its run was taken back would pay every household twice.
  if (run.reversal) return leadToRun(run.id, { ok: false, reason: run.reversal });
  const debtor = await readBankAccount(context.db, scope);
  if (!debtor) return leadToRun(run.id, { ok: false, reason: "no-own-account" });
  const file = pain001(run, { debtor, approvedAt: run.confirmedAt });
  if (!file.ok) return leadToRun(run.id, file);
  return download(file.xml, `${run.number}.xml`, "application/xml; charset=utf-8");
}
