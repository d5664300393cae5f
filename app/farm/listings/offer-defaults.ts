import type { AppLoadContext } from "@remix-run/server-runtime";
import { v7 as uuidv7 } from "uuid";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import { readShownHome } from "#app/domain/households/read-shown-home.ts";
import { readCrops, readLastCrops } from "#app/domain/listings/read-crops.ts";
import { readLastListing } from "#app/domain/listings/read-own-listings.ts";
import { readPriceGuides } from "#app/domain/listings/read-price-guidance.ts";
import type { HouseholdScope } from "#app/domain/scopes.ts";
import type { FormValues } from "#app/forms/read-form.ts";
import { readTermsByCrop } from "#app/offers/crop-terms.ts";

/**
 * What the form of a whole offer is drawn of: the crops, what she most likely lists next, on what
 * terms she offered each of her crops, what her last crops went for around her, and what buyers read
 * of where she lives. Without scripts
 * a form cannot know which crop she will choose in it: it comes with no name and no price.
 */
export async function readOfferForm({ db, locale }: AppLoadContext, scope: HouseholdScope) {
  const last = await readLastListing(db, scope);
  const terms = await readTermsByCrop(db, scope);
  const defaults: FormValues = {
    clientKey: uuidv7(),
    category: last?.categoryCode,
    ...terms[""],
    harvestedOn: shanghaiDay(new Date()),
  };
  const lastCrops = await readLastCrops(db, scope);
  return {
    crops: await readCrops(db, locale),
    lastCrops,
    prices: await readPriceGuides(db, scope, lastCrops),
    terms,
    defaults,
    home: await readShownHome(db, scope, locale),
  };
}
