import type { ActionFunctionArgs } from "@remix-run/server-runtime";
import { requireCoop } from "#app/account/guards.ts";
import { closeCycle } from "#app/domain/cycles/end-cycle.ts";
import { backTo, toCycle } from "./own-cycle.ts";

export const loader = toCycle;

export async function action({ request, context, params }: ActionFunctionArgs) {
  const scope = await requireCoop(request, context, "sell");
  const cycleId = params.cycleId ?? "";
  const closed = await closeCycle(context.db, scope, { cycleId });
  if (closed.ok) return backTo(cycleId, { news: closed.isChanged ? "closed" : "closed-before" });
  if (closed.reason === "cycle-unknown") throw new Response(null, { status: 404 });
  return backTo(cycleId, { news: closed.reason });
}
