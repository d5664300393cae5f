import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { buyerOf } from "#app/account/guards.ts";
import { findOwnLine } from "#app/domain/orders/find-own-line.ts";
import { readOwnReview } from "#app/domain/reviews/read-own-review.ts";

/** The line of the address, with what its buyer has said of it; a 404 for anybody else. */
export async function openLine({ request, params, context }: LoaderFunctionArgs) {
  const buyer = await buyerOf(request, context);
  const { number = "", lineId = "" } = params;
  const scope = await findOwnLine(context.db, buyer, { number, lineId });
  if (!scope) throw new Response("Not Found", { status: 404 });
  return { scope, number, lineId, line: await readOwnReview(context.db, scope) };
}
