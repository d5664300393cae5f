import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  redirect,
} from "@remix-run/server-runtime";
import { buyerOf } from "#app/account/guards.ts";
import { findOrder } from "#app/domain/orders/find-order.ts";
import { answerSubstitute } from "#app/domain/substitutions/answer-substitute.ts";
import { orderPath } from "./order-path.ts";

export const loader = ({ params }: LoaderFunctionArgs) => redirect(orderPath(params.number), 303);

/** The buyer says whether what is offered may replace what is missing. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const buyer = await buyerOf(request, context);
  const { number = "", substitutionId = "" } = params;
  if (!(await findOrder(context.db, buyer, number)))
    throw new Response("Not Found", { status: 404 });
  const answer = (await request.formData().catch(() => new FormData())).get("answer");
  if (answer !== "yes" && answer !== "no") return redirect(orderPath(number), 303);
  const { locale } = context;
  const of = { number, substitutionId, answer, locale } as const;
  const answered = await answerSubstitute(context.db, buyer, of);
  if (answered.ok) return redirect(orderPath(number, `substitute-${answered.state}`), 303);
  if (answered.reason === "order-not-found") throw new Response("Not Found", { status: 404 });
  return redirect(orderPath(number, `substitute-${answered.reason}`), 303);
}
