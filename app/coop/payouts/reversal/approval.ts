import type { ActionFunctionArgs } from "@remix-run/server-runtime";
import { z } from "zod";
import { requireCoop } from "#app/account/guards.ts";
import { approveReversal } from "#app/domain/payouts/reversals/approve-reversal.ts";
import { readForm } from "#app/forms/read-form.ts";
import { backToRun, leadToRun } from "../lead-to-run.ts";

export const loader = backToRun;

/** The sum that the page showed, whole fen; what is none is no sum that anybody has seen. */
const shown = z.object({ shownFen: z.string().regex(/^\d{1,15}$/) });

export async function action({ request, context, params }: ActionFunctionArgs) {
  const scope = await requireCoop(request, context, "money");
  const runId = params.runId ?? "";
  const form = await readForm(request, shown);
  const shownFen = form.ok ? Number(form.value.shownFen) : -1;
  return leadToRun(runId, await approveReversal(context.db, scope, { runId, shownFen }));
}
