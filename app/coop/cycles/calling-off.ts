import type { ActionFunctionArgs } from "@remix-run/server-runtime";
import { requireCoop } from "#app/account/guards.ts";
import { callOffCycle } from "#app/domain/cycles/end-cycle.ts";
import { backTo, toCycle } from "./own-cycle.ts";

export const loader = toCycle;

export async function action({ request, context, params }: ActionFunctionArgs) {
  const scope = await requireCoop(request, context, "sell");
  const cycleId = params.cycleId ?? "";
  const off = await callOffCycle(context.db, scope, { cycleId });
  if (off.ok) {
    return backTo(cycleId, { news: off.isChanged ? "called-off" : "called-off-before" });
  }
  if (off.reason === "cycle-unknown") throw new Response(null, { status: 404 });
  return backTo(cycleId, { news: off.reason });
}
