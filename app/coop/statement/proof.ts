import { type LoaderFunctionArgs, redirect } from "@remix-run/server-runtime";
import { requireCoop } from "#app/account/guards.ts";
import { readOwnProof } from "#app/domain/statement/read-own-proof.ts";
import { downloadProof } from "#app/ui/download.ts";

/** The proof of one entry as a file; where there is none to hand out, back to the statement, which says why. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "money");
  const read = await readOwnProof(context.db, scope, params.transactionId ?? "");
  if (read.ok) return downloadProof(read.proof, read.proof.transaction.seq);
  if (read.reason === "entry-not-found") throw new Response(null, { status: 404 });
  if (read.reason === "seal-broken") {
    // No cooperative can mend this, and the operator must hear of it.
    const entry = params.transactionId;
    context.log.error({ entry }, "a seal does not fit what it covers: run verify-ledger");
    return redirect("/coop/statement?proof=broken", 303);
  }
  return redirect("/coop/statement", 303);
}
