import type { ActionFunctionArgs } from "@remix-run/server-runtime";
import { requireCoop } from "#app/account/guards.ts";
import { confirmRun } from "#app/domain/payouts/confirm-run.ts";
import { backToRun, leadToRun } from "./lead-to-run.ts";

export const loader = backToRun;

export async function action({ request, context, params }: ActionFunctionArgs) {
  const scope = await requireCoop(request, context, "money");
  const runId = params.runId ?? "";
  const form = await request.formData().catch(() => new FormData());
  const evenIfOverdrawn = form.get("evenIfOverdrawn") === "yes";
  return leadToRun(runId, await confirmRun(context.db, scope, { runId, evenIfOverdrawn }));
}
