import type { AppLoadContext } from "@remix-run/server-runtime";
import { v7 as uuidv7 } from "uuid";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import { readCrops, readLastCrops } from "#app/domain/listings/read-crops.ts";
import { readLastListing } from "#app/domain/listings/read-own-listings.ts";
import { readPriceGuides } from "#app/domain/listings/read-price-guidance.ts";
import type { HouseholdScope } from "#app/domain/scopes.ts";
import type { FormValues } from "#app/forms/read-form.ts";

/**
 * What the form of a whole offer is drawn of: the crops, what she most likely lists next, and what
 * her last crops went for around her.
 */
export async function readOfferForm({ db, locale }: AppLoadContext, scope: HouseholdScope) {
  const last = await readLastListing(db, scope);
  const defaults: FormValues = {
    clientKey: uuidv7(),
    category: last?.categoryCode,
    title: last?.titleZh,
    grade: last?.grade ?? "first",
    unit: last?.unit ?? "box-5jin",
    unitGrams: last && (last.unit === "bag" || last.unit === "head") ? String(last.unitGrams) : "",
    price: last ? (last.priceFen / 100).toFixed(2) : "",
    harvestedOn: shanghaiDay(new Date()),
  };
  const lastCrops = await readLastCrops(db, scope);
  return {
    crops: await readCrops(db, locale),
    lastCrops,
    prices: await readPriceGuides(db, scope, lastCrops),
    defaults,
  };
}
