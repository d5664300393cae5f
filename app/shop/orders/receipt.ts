import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  redirect,
} from "@remix-run/server-runtime";
import { buyerOf } from "#app/account/guards.ts";
import { confirmReceipt } from "#app/domain/parcels/confirm-receipt.ts";
import { receiveParcel } from "#app/domain/parcels/receive-parcel.ts";
import { orderPath } from "./order-path.ts";

export const loader = ({ params }: LoaderFunctionArgs) => redirect(orderPath(params.number), 303);

/** The buyer says that a parcel of it has come; or, where she names none, all of it. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const buyer = await buyerOf(request, context);
  const number = params.number ?? "";
  const parcelId = (await request.formData().catch(() => new FormData())).get("parcel");
  const received =
    typeof parcelId === "string"
      ? await receiveParcel(context.db, buyer, { number, parcelId })
      : await confirmReceipt(context.db, buyer, { number });
  if (received.ok) {
    const isOne = typeof parcelId === "string" && received.status !== "completed";
    return redirect(orderPath(number, isOne ? "parcel-received" : "received"), 303);
  }
  if (received.reason === "order-not-found") throw new Response("Not Found", { status: 404 });
  return redirect(orderPath(number, received.reason), 303);
}
