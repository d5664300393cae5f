import { type LoaderFunctionArgs, redirect } from "@remix-run/server-runtime";
import { buyerOf } from "#app/account/guards.ts";
import { readSaleProof } from "#app/domain/ledger/read-proof.ts";
import { orderPath } from "./order-path.ts";

/** GET /orders/:number/proof: the proof as a file; before the sale is sealed, back to the order. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const buyer = await buyerOf(request, context);
  const number = params.number ?? "";
  const read = await readSaleProof(context.db, buyer, number);
  if (read.ok) {
    return Response.json(read.proof, {
      headers: {
        "content-disposition": `attachment; filename="tianji-proof-${number}.json"`,
        "cache-control": "private, no-store",
      },
    });
  }
  if (read.reason === "order-not-found") throw new Response("Not Found", { status: 404 });
  return redirect(orderPath(number), 303);
}
