import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  redirect,
} from "@remix-run/server-runtime";
import { z } from "zod";
import { requireHousehold } from "#app/account/guards.ts";
import { copyListing } from "#app/domain/drafts/copy-listing.ts";
import { readForm } from "#app/forms/read-form.ts";
import { listingIdOf, notFound } from "#app/offers/desk.ts";
import { stepPath } from "../drafts/steps.ts";
import { listingPath } from "./open-listing.ts";

const schema = z.object({ clientKey: z.uuid().toLowerCase() });

/** Begins a draft like this listing; the page's key is the draft's id, so twice is one draft. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const scope = await requireHousehold(request, context);
  const listingId = listingIdOf(params);
  const read = await readForm(request, schema);
  if (!read.ok) return redirect(listingPath(listingId), 303);
  const draftId = read.value.clientKey;
  const copied = await copyListing(context.db, scope, { listingId, draftId });
  if (copied.ok) return redirect(stepPath(draftId, "photos"), 303);
  if (copied.reason === "listing-unknown") throw notFound();
  return redirect(listingPath(listingId, "too-many-drafts"), 303);
}

export const loader = ({ params }: LoaderFunctionArgs) =>
  redirect(listingPath(listingIdOf(params)), 303);
