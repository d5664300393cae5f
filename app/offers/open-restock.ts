import { type LoaderFunctionArgs, redirect } from "@remix-run/server-runtime";
import { v7 as uuidv7 } from "uuid";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import { readStockKeys } from "#app/domain/listings/read-taken-keys.ts";
import { householdKey } from "#app/forms/household-key.ts";
import { translator } from "#app/i18n/translate.ts";
import type { Desk } from "./desk.ts";
import { managerKey } from "./manager-key.ts";

/** What the page of restock-form.tsx needs, at either desk; of what is down it leads back. */
export async function openRestock(desk: Desk, args: LoaderFunctionArgs) {
  const { scope, listing } = await desk.open(args);
  if (listing.status === "withdrawn") throw redirect(desk.path(listing.id, "over"), 303);
  return {
    title: translator(args.context.locale, "farmListing")("restock.title"),
    listing,
    household: householdKey(scope),
    clientKey: uuidv7(),
    takenKeys: await readStockKeys(args.context.db, scope, listing.id),
    typedBy: "isOnBehalf" in scope ? managerKey(scope) : undefined,
    today: shanghaiDay(new Date()),
  };
}
