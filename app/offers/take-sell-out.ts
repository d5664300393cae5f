import { type ActionFunctionArgs, redirect } from "@remix-run/server-runtime";
import { z } from "zod";
import { sellOutReasons } from "#app/domain/listings/note-changes.ts";
import { sellOut } from "#app/domain/listings/sell-out.ts";
import { readForm } from "#app/forms/read-form.ts";
import { type Desk, notFound } from "./desk.ts";

const schema = z.object({
  clientKey: z.uuid(),
  reason: z.enum(sellOutReasons).catch("other"),
});

/**
 * Takes what is left off sale. A form that lost its key, or that took some off before, may take nothing
 * now: the listing's page says what is left, and has a new key.
 */
export const takeSellOut =
  (desk: Desk) =>
  async (args: ActionFunctionArgs): Promise<Response> => {
    const { scope, listing } = await desk.open(args);
    const { id: listingId } = listing;
    const read = await readForm(args.request, schema);
    if (read.ok) {
      const done = await sellOut(args.context.db, scope, { listingId, ...read.value });
      if (!done.ok && done.reason !== "sold-out-before") throw notFound();
    }
    return redirect(desk.path(listingId, "sold-out"), 303);
  };
