import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  redirect,
} from "@remix-run/server-runtime";
import { withdrawListed } from "#app/domain/consents/mend-listed.ts";
import { changeAt } from "#app/offers/change-at.ts";
import { listingIdOf, notFound } from "#app/offers/desk.ts";
import { coopDesk, openListed } from "./open-listing.ts";

/** Takes what is sold down, and what the household was only asked about back. */
export async function action(args: ActionFunctionArgs) {
  const { scope, listing, isDraft } = await openListed(args);
  if (!isDraft) return changeAt(coopDesk, args, "withdraw");
  const withdrawn = await withdrawListed(args.context.db, scope, listing.id);
  if (withdrawn.ok) return redirect(coopDesk.path(listing.id, "taken-back"), 303);
  if (withdrawn.reason === "listing-unknown") throw notFound();
  return redirect(coopDesk.path(listing.id, "answered"), 303);
}

export const loader = ({ params }: LoaderFunctionArgs) =>
  redirect(coopDesk.path(listingIdOf(params)), 303);
