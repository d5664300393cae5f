import type { ActionFunctionArgs } from "@remix-run/server-runtime";
import { redirect } from "@remix-run/server-runtime";
import { requireCoop } from "#app/account/guards.ts";
import { tickLines } from "#app/domain/parcels/tick-lines.ts";
import { backToParcel } from "./take-step.ts";

export const loader = backToParcel;

const idsOf = (form: FormData, name: string) =>
  form.getAll(name).filter((id): id is string => typeof id === "string");

/** Keeps the ticks and shows the parcel again, with what colleagues have ticked meanwhile. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const scope = await requireCoop(request, context, "pack");
  const parcelId = params.parcelId ?? "";
  const form = await request.formData().catch(() => new FormData());
  const shown = idsOf(form, "shown");
  const kept = await tickLines(context.db, scope, { parcelId, shown, ticked: idsOf(form, "line") });
  if (kept.ok) return redirect(`/coop/parcels/${parcelId}`, 303);
  if (kept.reason === "parcel-not-found") throw new Response(null, { status: 404 });
  return redirect(`/coop/parcels/${parcelId}?problem=${kept.reason}`, 303);
}
