import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  redirect,
} from "@remix-run/server-runtime";
import { z } from "zod";
import { requireHousehold } from "#app/account/guards.ts";
import { sellOutReasons } from "#app/domain/listings/note-changes.ts";
import { sellOut } from "#app/domain/listings/sell-out.ts";
import { readForm } from "#app/forms/read-form.ts";
import { listingIdOf, listingPath, notFound } from "./open-listing.ts";

const schema = z.object({
  clientKey: z.uuid(),
  reason: z.enum(sellOutReasons).catch("other"),
});

/** Takes what is left off sale. A form that lost its key shows the listing again, with a new one. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const scope = await requireHousehold(request, context);
  const listingId = listingIdOf(params);
  const read = await readForm(request, schema);
  if (!read.ok) return redirect(listingPath(listingId), 303);
  const done = await sellOut(context.db, scope, { listingId, ...read.value });
  if (!done.ok) throw notFound();
  return redirect(listingPath(listingId, "sold-out"), 303);
}

export const loader = ({ params }: LoaderFunctionArgs) =>
  redirect(listingPath(listingIdOf(params)), 303);
