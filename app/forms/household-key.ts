import { createHash } from "node:crypto";
import type { HouseholdScope } from "#app/domain/scopes.ts";
import { HOUSEHOLD_FIELD } from "./household-field.ts";

/**
 * By what a phone tells whose pages and offers it keeps: 16 hex digits that lead back to no
 * household. It opens nothing.
 */
export function householdKey({ householdId }: Pick<HouseholdScope, "householdId">): string {
  return createHash("sha256").update(`phone:${householdId}`).digest("hex").slice(0, 16);
}

/**
 * Whether a script sends for the household that is signed in. Two may share a phone: what one of
 * them kept there is not the other's to send. A request that does not say is the signed-in one's.
 */
export function isSameHousehold(request: Request, scope: HouseholdScope): boolean {
  const household = request.headers.get("Farm-Household");
  return !household || household === householdKey(scope);
}

/**
 * Throws a 409 for a form from a page that another household has opened on this phone: nothing of
 * it is this one's. A form that does not say is the signed-in one's.
 */
export function requireSameHousehold(
  form: FormData,
  scope: Pick<HouseholdScope, "householdId">,
): void {
  const household = form.get(HOUSEHOLD_FIELD);
  if (household && household !== householdKey(scope)) {
    throw new Response("Another household's page", { status: 409 });
  }
}
