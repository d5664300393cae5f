import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  redirect,
} from "@remix-run/server-runtime";
import { changeListing } from "#app/domain/listings/change-listing.ts";
import type { ListingEvent } from "#app/domain/listings/listing-states.ts";
import { type Desk, listingIdOf, notFound } from "./desk.ts";

/** Carries out one change of a listing and goes back to it. */
export const changeAt =
  (desk: Desk, event: ListingEvent) =>
  async (args: ActionFunctionArgs): Promise<Response> => {
    const { scope, listing } = await desk.open(args);
    const { id: listingId } = listing;
    const changed = await changeListing(args.context.db, scope, { listingId, event });
    if (!changed.ok && changed.reason === "listing-unknown") throw notFound();
    const refused =
      !changed.ok && changed.reason === "paused-by-household" ? changed.reason : "over";
    return redirect(desk.path(listingId, changed.ok ? "changed" : refused), 303);
  };

/** Leads whoever opens the address of such a change, where nothing is to be seen, to the listing. */
export const backTo =
  (desk: Desk) =>
  ({ params }: LoaderFunctionArgs): Response =>
    redirect(desk.path(listingIdOf(params)), 303);
