import type { ActionFunctionArgs } from "@remix-run/server-runtime";
import { requireCoop } from "#app/account/guards.ts";
import { withdrawReversal } from "#app/domain/payouts/reversals/withdraw-reversal.ts";
import { backToRun, leadToRun } from "../lead-to-run.ts";

export const loader = backToRun;

export async function action({ request, context, params }: ActionFunctionArgs) {
  const scope = await requireCoop(request, context, "money");
  const runId = params.runId ?? "";
  return leadToRun(runId, await withdrawReversal(context.db, scope, { runId }));
}
