import type { ActionFunctionArgs } from "@remix-run/server-runtime";
import { z } from "zod";
import { requireCoop } from "#app/account/guards.ts";
import { bouncePayout } from "#app/domain/payouts/bounce-payout.ts";
import { bounceReasons } from "#app/domain/payouts/bounce-reasons.ts";
import { readRun } from "#app/domain/payouts/read-run.ts";
import { readForm } from "#app/forms/read-form.ts";
import { backToRun, leadToRun } from "./lead-to-run.ts";

export const loader = backToRun;

const bounce = z.object({ reason: z.enum(bounceReasons, "choose") });

export async function action({ request, context, params }: ActionFunctionArgs) {
  const scope = await requireCoop(request, context, "money");
  const { runId = "", payoutId = "" } = params;
  // Before the form is looked at: of another cooperative's run nothing is said at all.
  if (!(await readRun(context.db, scope, runId))) throw new Response(null, { status: 404 });
  const form = await readForm(request, bounce);
  if (!form.ok) return leadToRun(runId, { ok: false, reason: "choose-reason" }, payoutId);
  const bounced = await bouncePayout(context.db, scope, { runId, payoutId, ...form.value });
  const isTold = !bounced.ok && bounced.reason === "bounced-otherwise";
  return leadToRun(runId, bounced, isTold ? payoutId : undefined);
}
