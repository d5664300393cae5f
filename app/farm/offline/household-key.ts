import { createHash } from "node:crypto";
import type { HouseholdScope } from "#app/domain/scopes.ts";

/**
 * By what a phone tells whose pages and offers it keeps: 16 hex digits that lead back to no
 * household. It opens nothing.
 */
export function householdKey({ householdId }: Pick<HouseholdScope, "householdId">): string {
  return createHash("sha256").update(`phone:${householdId}`).digest("hex").slice(0, 16);
}
