import { type LoaderFunctionArgs, redirect } from "@remix-run/server-runtime";
import { requireCoop } from "#app/account/guards.ts";
import { readOwnProof } from "#app/domain/statement/read-own-proof.ts";

/** The proof of one entry as a file; where there is none to hand out, back to the statement, which says why. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "money");
  const read = await readOwnProof(context.db, scope, params.transactionId ?? "");
  if (read.ok) {
    const name = `tianji-proof-${read.proof.transaction.seq}.json`;
    return Response.json(read.proof, {
      headers: {
        "content-disposition": `attachment; filename="${name}"`,
        "cache-control": "private, no-store",
      },
    });
  }
  if (read.reason === "seal-broken") {
    context.log.error({ entry: params.transactionId }, "a seal does not fit what it covers");
  }
  if (read.reason === "entry-not-found") throw new Response(null, { status: 404 });
  return redirect("/coop/statement", 303);
}
