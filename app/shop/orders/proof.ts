import { type LoaderFunctionArgs, redirect } from "@remix-run/server-runtime";
import { buyerOf } from "#app/account/guards.ts";
import { readOrderProof } from "#app/domain/ledger/read-proof.ts";
import { downloadProof } from "#app/ui/download.ts";
import { orderPath } from "./order-path.ts";

/**
 * GET /orders/:number/proof: the proof of the sale as a file, or with `?entry=` of a refund, a claim or
 * a dispute of it; before it is sealed, or when its seal does not fit any more, back to the order, which says so.
 */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const buyer = await buyerOf(request, context);
  const number = params.number ?? "";
  const transactionId = new URL(request.url).searchParams.get("entry");
  const read = await readOrderProof(context.db, buyer, { number, transactionId });
  if (read.ok) {
    // Each entry of an order has a file of its own.
    const { seq } = read.proof.transaction;
    return downloadProof(read.proof, transactionId === null ? number : `${number}-${seq}`);
  }
  if (read.reason === "order-not-found") throw new Response("Not Found", { status: 404 });
  if (read.reason === "seal-broken") {
    // No buyer can mend this, and the operator must hear of it.
    context.log.error({ number }, "a seal does not fit what it covers: run verify-ledger");
    return redirect(`${orderPath(number)}?proof=broken#seal`, 303);
  }
  return redirect(orderPath(number), 303);
}
