import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { requireCoop } from "#app/account/guards.ts";
import { readParcel } from "#app/domain/parcels/read-parcel.ts";
import type { CoopRight } from "#app/domain/people/coop-rights.ts";

/**
 * Whose parcel the address names, and whether she has the right, asked before a form is looked at;
 * 404 for another cooperative's.
 */
export async function ownParcel(
  { request, context, params }: LoaderFunctionArgs,
  right: CoopRight,
) {
  const scope = await requireCoop(request, context, right);
  const parcel = await readParcel(context.db, scope, params.parcelId ?? "");
  if (!parcel) throw new Response(null, { status: 404 });
  return { scope, parcel };
}
