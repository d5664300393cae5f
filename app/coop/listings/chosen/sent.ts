import { type AppLoadContext, redirect } from "@remix-run/server-runtime";
import { readChosenListings } from "#app/domain/consents/read-coop-listings.ts";
import { keepImport } from "#app/domain/imports/keep-import.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { FieldErrors } from "#app/forms/read-form.ts";
import { pick } from "#app/i18n/locale.ts";

/** A form that was sent for some listings, and whose they are to be. */
export type Sent = {
  request: Request;
  context: AppLoadContext;
  scope: CoopScope;
  listingIds: readonly string[];
};

/** Those of them that are the cooperative's, as the reader calls them. */
export async function chosenRows({ context, scope, listingIds }: Sent) {
  const chosen = await readChosenListings(context.db, scope, listingIds);
  return chosen.map(({ id, priceFen, titleZh, titleEn }) => ({
    ...{ id, priceFen, title: pick(context.locale, titleZh, titleEn) },
  }));
}

/** Keeps what was made of the form as a table that was sent in, and leads to it: nothing has changed yet. */
export async function leadToTable(
  { context, scope }: Sent,
  table: Parameters<typeof keepImport>[2],
) {
  const { importId } = await keepImport(context.db, scope, table);
  return redirect(`/coop/imports/${importId}`, 303);
}

/** No listing was named that is the cooperative's. */
export const NOTHING_CHOSEN: { errors: FieldErrors } = { errors: { form: "choose" } };
