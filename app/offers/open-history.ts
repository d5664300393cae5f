import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { readHistory } from "#app/domain/listings/read-history.ts";
import { translator } from "#app/i18n/translate.ts";
import type { Desk } from "./desk.ts";

/** What the page of history-list.tsx needs, at either desk. */
export async function openHistory(desk: Desk, args: LoaderFunctionArgs) {
  const { scope, listing } = await desk.open(args);
  return {
    title: translator(args.context.locale, "farmListing")("history.title"),
    listing,
    entries: await readHistory(args.context.db, scope, listing.id),
  };
}
