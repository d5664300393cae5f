import type { AppLoadContext } from "@remix-run/server-runtime";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { FieldErrors } from "#app/forms/read-form.ts";

/** A form that was sent for some listings, and whose they are to be. */
export type Sent = {
  request: Request;
  context: AppLoadContext;
  scope: CoopScope;
  listingIds: readonly string[];
};

/** No listing was named that is the cooperative's. */
export const NOTHING_CHOSEN: { errors: FieldErrors } = { errors: { form: "choose" } };
