import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { requireCoop } from "#app/account/guards.ts";
import { tellCollectionNow } from "#app/domain/cycles/tell-collection.ts";
import { backTo } from "./own-cycle.ts";

export const loader = ({ params }: LoaderFunctionArgs) => backTo(params.cycleId ?? "", {}, "/run");

/** Tells the households what they have not heard yet. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const scope = await requireCoop(request, context, "sell");
  const cycleId = params.cycleId ?? "";
  const told = await tellCollectionNow(context.db, scope, { cycleId });
  if (told.ok) return backTo(cycleId, { told: String(told.households) }, "/run");
  if (told.reason === "cycle-unknown") throw new Response(null, { status: 404 });
  return backTo(cycleId, { told: told.reason }, "/run");
}
