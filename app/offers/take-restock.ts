import { type ActionFunctionArgs, data, redirect } from "@remix-run/server-runtime";
import { z } from "zod";
import type { QuantityDoubt } from "#app/domain/listings/doubt-quantity.ts";
import { restockListing } from "#app/domain/listings/restock-listing.ts";
import { requireSameHousehold } from "#app/forms/household-key.ts";
import { type FieldErrors, type FormValues, readForm } from "#app/forms/read-form.ts";
import { switchLocale } from "#app/i18n/switch-locale.ts";
import { type Desk, notFound } from "./desk.ts";
import { leadOn } from "./lead-on.ts";
import { numberOf } from "./read-offer.ts";

const schema = z.object({
  clientKey: z.uuid(),
  quantity: z.string().min(1, "required"),
  harvestedOn: z.string().trim().min(1, "required"),
});

/** What else a page that is shown again says: what to be sure of, or what the household must be asked. */
type Again = {
  status?: number;
  asked?: QuantityDoubt;
  beyond?: { agreed: number; room: number; householdId: string };
  /** By this very form so many came in before, and what it says now did not. */
  before?: { quantity: number; now: number };
};

function refuse(values: FormValues, errors: FieldErrors, { status = 422, ...more }: Again = {}) {
  return data({ values, errors, ...more }, { status });
}

/**
 * Takes the form of restock-form.tsx; what is wrong with it comes back as it was typed. Another
 * household's page brings nothing in (409).
 */
export async function takeRestock(desk: Desk, args: ActionFunctionArgs) {
  const { request, context } = args;
  const household = await desk.enter(args);
  const form = await request.formData().catch(() => null);
  if (!form) return refuse({}, { form: "invalid" }, { status: 400 });
  requireSameHousehold(form, household);
  const { scope, listing } = await desk.open(args);
  const isUnfinished = switchLocale(context, form.get("locale"));
  const read = await readForm(form, schema);
  if (isUnfinished) return refuse(read.values, {}, { status: 200 });
  if (!read.ok) return refuse(read.values, read.errors);
  const { clientKey, quantity, harvestedOn } = read.value;
  const input = {
    ...{ listingId: listing.id, clientKey, quantity: numberOf(quantity), harvestedOn },
    // Once it was shown what comes out of it, this very number is meant.
    isSure: form.get("quantitySure") === String(numberOf(quantity)),
  };
  const restocked = await restockListing(context.db, scope, input);
  if (restocked.ok) return redirect(leadOn(desk.path(listing.id, "restocked"), form), 303);
  switch (restocked.reason) {
    case "listing-unknown":
    case "listing-changed":
      throw notFound();
    case "listing-withdrawn":
      return redirect(desk.path(listing.id, "over"), 303);
    case "stock-invalid":
      return refuse(read.values, restocked.problems);
    case "restocked-before": {
      const before = { quantity: restocked.quantity, now: input.quantity };
      return refuse(read.values, {}, { before, status: 409 });
    }
    case "quantity-doubted":
      return refuse(read.values, {}, { asked: restocked });
    case "beyond-agreed": {
      const { agreed, room } = restocked;
      const beyond = { agreed, room, householdId: scope.householdId };
      return refuse(read.values, { quantity: "agreed-quantity" }, { beyond });
    }
    case "presale-full":
      return refuse(read.values, { quantity: "presale-full" });
  }
}
