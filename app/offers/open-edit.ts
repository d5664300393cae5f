import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { readHouseholdPhone } from "#app/domain/consents/read-household.ts";
import { readPriceGuidance } from "#app/domain/listings/read-price-guidance.ts";
import { householdKey } from "#app/forms/household-key.ts";
import { translator } from "#app/i18n/translate.ts";
import type { Desk } from "./desk.ts";
import { managerKey } from "./manager-key.ts";

/** What the page of edit-form.tsx needs, at either desk. */
export async function openEdit(desk: Desk, args: LoaderFunctionArgs) {
  const { scope, listing } = await desk.open(args);
  const { db, locale } = args.context;
  const onBehalf = "isOnBehalf" in scope ? scope : undefined;
  return {
    title: translator(locale, "farmListing")("edit.title"),
    listing,
    household: householdKey(scope),
    guidance: await readPriceGuidance(db, scope, listing.categoryCode),
    hasPhone: (await readHouseholdPhone(db, scope.householdId)) !== null,
    uploadFor: onBehalf?.householdId,
    typedBy: onBehalf && managerKey(onBehalf),
  };
}
