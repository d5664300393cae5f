import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  redirect,
} from "@remix-run/server-runtime";
import { validate as isUuid } from "uuid";
import { requireHousehold } from "#app/account/guards.ts";
import { answerOwn } from "#app/domain/consents/answer-consent.ts";
import { readAnswer } from "./read-answer.ts";

/** A member of the household answers in her own list. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const scope = await requireHousehold(request, context);
  const listingId = params.listingId ?? "";
  if (!isUuid(listingId)) throw new Response("Not found", { status: 404 });
  const answer = await readAnswer(request);
  const answered = await answerOwn(context.db, scope, { listingId, answer });
  if (answered.ok) return redirect(`/farm/listings?consent=${answered.answer}`, 303);
  if (answered.reason === "answered-otherwise") {
    return redirect(`/farm/listings?consent=over-${answered.answer}`, 303);
  }
  throw new Response("Not found", { status: 404 });
}

export const loader = (_: LoaderFunctionArgs) => redirect("/farm/listings", 303);
