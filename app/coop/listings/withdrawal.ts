import { type ActionFunctionArgs, redirect } from "@remix-run/server-runtime";
import { withdrawListed } from "#app/domain/consents/mend-listed.ts";
import { backTo, changeAt } from "#app/offers/change-at.ts";
import { notFound } from "#app/offers/desk.ts";
import { coopDesk, openListed } from "./open-listing.ts";

const withdraw = changeAt(coopDesk, "withdraw");

/** Takes what is sold down, and what the household was only asked about back. */
export async function action(args: ActionFunctionArgs) {
  const { scope, listing, isDraft } = await openListed(args);
  if (!isDraft) return withdraw(args);
  const withdrawn = await withdrawListed(args.context.db, scope, listing.id);
  if (withdrawn.ok) return redirect(coopDesk.path(listing.id, "taken-back"), 303);
  if (withdrawn.reason === "listing-unknown") throw notFound();
  return redirect(coopDesk.path(listing.id, "answered"), 303);
}

export const loader = backTo(coopDesk);
