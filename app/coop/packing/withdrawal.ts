import type { ActionFunctionArgs } from "@remix-run/server-runtime";
import { redirect } from "@remix-run/server-runtime";
import { requireCoop } from "#app/account/guards.ts";
import { readParcel } from "#app/domain/parcels/read-parcel.ts";
import { withdrawSubstitute } from "#app/domain/substitutions/withdraw-substitute.ts";
import { backToParcel } from "./take-step.ts";

export const loader = backToParcel;

/** Takes back what a buyer was asked to take instead: the goods are there, or their money goes back now. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const scope = await requireCoop(request, context, "pack");
  const { parcelId = "", substitutionId = "" } = params;
  // Whose it is comes before what was asked of it.
  const parcel = await readParcel(context.db, scope, parcelId);
  if (!parcel) throw new Response(null, { status: 404 });
  const found = (await request.formData().catch(() => new FormData())).get("found");
  if (found !== "yes" && found !== "no") return redirect(`/coop/parcels/${parcelId}`, 303);
  const withdrawn = await withdrawSubstitute(context.db, scope, {
    ...{ parcelId, substitutionId, isFound: found === "yes" },
  });
  if (withdrawn.ok) return redirect(`/coop/parcels/${parcelId}#substitutes`, 303);
  if (withdrawn.reason === "parcel-not-found") throw new Response(null, { status: 404 });
  if (withdrawn.reason === "substitute-not-found") throw new Response(null, { status: 404 });
  return redirect(`/coop/parcels/${parcelId}?problem=${withdrawn.reason}`, 303);
}
