import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { redirect } from "@remix-run/server-runtime";
import { requireCoop } from "#app/account/guards.ts";
import type { AdvancedParcel } from "#app/domain/parcels/advance-parcel.ts";
import type { ParcelStatus } from "#app/domain/parcels/parcel-states.ts";
import type { CoopScope } from "#app/domain/scopes.ts";

type Verb = (
  db: ActionFunctionArgs["context"]["db"],
  scope: CoopScope,
  input: { parcelId: string },
) => Promise<AdvancedParcel>;

/**
 * Takes one step and leads back: to the board's `column` when the form stood there, else to the parcel.
 * A refused step shows its reason on the parcel's page, with what to do first.
 */
export async function takeStep(
  args: ActionFunctionArgs,
  verb: Verb,
  column: ParcelStatus,
): Promise<Response> {
  const scope = await requireCoop(args.request, args.context, "pack");
  const parcelId = args.params.parcelId ?? "";
  const form = await args.request.formData().catch(() => new FormData());
  const step = await verb(args.context.db, scope, { parcelId });
  if (!step.ok && step.reason === "parcel-not-found") throw new Response(null, { status: 404 });
  if (!step.ok) return redirect(`/coop/parcels/${parcelId}?problem=${step.reason}`, 303);
  const isFromBoard = form.get("from") === "board";
  return redirect(isFromBoard ? `/coop/parcels?state=${column}` : `/coop/parcels/${parcelId}`, 303);
}

/** Someone who reloads or opens the address of a form is led to the page the form stands on. */
export function backToParcel({ params }: LoaderFunctionArgs): Response {
  return redirect(`/coop/parcels/${encodeURIComponent(params.parcelId ?? "")}`, 303);
}
