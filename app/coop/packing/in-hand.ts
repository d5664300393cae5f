import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { redirect } from "@remix-run/server-runtime";
import { v7 as uuidv7 } from "uuid";
import { translator } from "#app/i18n/translate.ts";
import { ownParcel } from "./own-parcel.ts";

/** A parcel that has not left, for a form about what is in it; one that has left has none. */
export async function inHand(args: LoaderFunctionArgs, page: "short" | "weight") {
  const { parcel } = await ownParcel(args, "pack");
  const isHere = ["waiting", "accepted", "packed"].includes(parcel.status);
  if (!isHere) throw redirect(`/coop/parcels/${parcel.id}`, 303);
  if (parcel.isMadeUp) throw redirect(`/coop/parcels/${parcel.id}?problem=payment-made-up`, 303);
  const title = translator(args.context.locale, "packing")(`${page}.title`);
  return { title, parcel, clientKey: uuidv7() };
}
