import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { redirect } from "@remix-run/server-runtime";
import { isHere } from "#app/domain/parcels/parcel-states.ts";
import type { CoopRight } from "#app/domain/people/coop-rights.ts";
import { ownParcel } from "./own-parcel.ts";

/** A parcel for a form about what is in it: one that has left, or whose payment is made up, has none. */
export async function inHand(args: LoaderFunctionArgs, right: CoopRight) {
  const { parcel } = await ownParcel(args, right);
  if (!isHere(parcel.status)) throw redirect(`/coop/parcels/${parcel.id}`, 303);
  if (parcel.isMadeUp) throw redirect(`/coop/parcels/${parcel.id}?problem=payment-made-up`, 303);
  return parcel;
}
