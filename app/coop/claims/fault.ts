import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  redirect,
} from "@remix-run/server-runtime";
import { z } from "zod";
import { requireCoop } from "#app/account/guards.ts";
import { assignFault } from "#app/domain/claims/assign-fault.ts";
import { readClaim } from "#app/domain/claims/read-claim.ts";
import { readForm } from "#app/forms/read-form.ts";

const path = (claimId = "") => `/coop/claims/${encodeURIComponent(claimId)}`;
const fields = z.object({ fault: z.enum(["cooperative", "carrier"], "choose") });

export const loader = ({ params }: LoaderFunctionArgs) => redirect(path(params.claimId), 303);

/** The cooperative takes on itself what the farm has borne. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const scope = await requireCoop(request, context, "sell");
  const { claimId = "" } = params;
  const form = await readForm(request, fields);
  if (!form.ok) {
    const claim = await readClaim(context.db, { coop: scope }, claimId);
    if (!claim) throw new Response(null, { status: 404 });
    return redirect(path(claimId), 303);
  }
  const assigned = await assignFault(context.db, scope, { claimId, fault: form.value.fault });
  if (assigned.ok) return redirect(path(claimId), 303);
  if (assigned.reason === "claim-not-found") throw new Response(null, { status: 404 });
  return redirect(`${path(claimId)}?problem=${assigned.reason}`, 303);
}
