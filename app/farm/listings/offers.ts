import type { ActionFunctionArgs } from "@remix-run/server-runtime";
import { currentUser, requireHousehold } from "#app/account/guards.ts";
import type { FieldErrors } from "#app/forms/read-form.ts";
import { readSentOffer } from "#app/offers/read-sent-offer.ts";
import { isSameHousehold } from "../offline/household-key.ts";
import { publishSentOffer } from "./take-offer.ts";

/** What becomes of a listing that a phone kept until it had a signal. */
type OfferAnswer =
  | { state: "published"; listingId: string }
  | { state: "refused"; errors: FieldErrors; hasNoAccount: boolean }
  | { state: "sign-in" };

const answer = (body: OfferAnswer, status: number) => Response.json(body, { status });

/**
 * Takes a whole offer, its photos by the ids they got at /farm/uploads, and answers in JSON: for the
 * script that sends what was listed without a signal. The client key makes it one listing, however
 * often it is sent. Photos may also come in the same sending, as an older script's do.
 */
export async function action({ request, context }: ActionFunctionArgs): Promise<Response> {
  if (!(await currentUser(request, context))) return answer({ state: "sign-in" }, 401);
  const scope = await requireHousehold(request, context);
  if (!isSameHousehold(request, scope)) return answer({ state: "sign-in" }, 401);
  const sent = await readSentOffer(context, scope, request);
  const broken = { state: "refused", errors: { form: "invalid" }, hasNoAccount: false } as const;
  if (!sent) return answer(broken, 422);
  const published = await publishSentOffer(context, scope, sent);
  if (published.ok) return answer({ state: "published", listingId: published.listingId }, 200);
  const { errors, hasNoAccount } = published;
  return answer({ state: "refused", errors, hasNoAccount }, 422);
}
