import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { redirect } from "@remix-run/server-runtime";
import { requireCoop } from "#app/account/guards.ts";
import { readCycle } from "#app/domain/cycles/read-cycles.ts";

/** A cycle of the cooperative that the reader works for, or a page that says that there is none. */
export async function ownCycle(
  { request, context, params }: LoaderFunctionArgs,
  right: "pack" | "sell",
) {
  const scope = await requireCoop(request, context, right);
  const cycle = await readCycle(context.db, scope, params.cycleId ?? "");
  if (!cycle) throw new Response(null, { status: 404 });
  return { scope, cycle };
}

/** Where a form leads: to the cycle's page, or its run's, with what became of it. */
export function backTo(cycleId: string, said: Record<string, string>, page: "" | "/run" = "") {
  const query = new URLSearchParams(said).toString();
  const path = `/coop/cycles/${encodeURIComponent(cycleId)}${page}`;
  return redirect(query ? `${path}?${query}` : path, 303);
}

/** Whoever opens the address of a form that stands on the cycle's page is led there. */
export const toCycle = ({ params }: LoaderFunctionArgs) => backTo(params.cycleId ?? "", {});
