import { createHash } from "node:crypto";
import type { CoopScope } from "#app/domain/scopes.ts";

/**
 * By what a phone tells whose weigh-ins it keeps, and for which cooperative: 16 hex digits that lead
 * back to nobody. It opens nothing.
 */
export function keeperKey({ userId, cooperativeId }: CoopScope): string {
  return createHash("sha256")
    .update(`scale of ${userId} for ${cooperativeId}`)
    .digest("hex")
    .slice(0, 16);
}
