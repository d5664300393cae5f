import { createHash } from "node:crypto";
import type { CoopScope } from "#app/domain/scopes.ts";

/**
 * By what a phone tells which manager's words and photos it keeps: 16 hex digits that lead back to
 * nobody. It opens nothing.
 */
export function managerKey({ userId }: Pick<CoopScope, "userId">): string {
  return createHash("sha256").update(`phone of ${userId}`).digest("hex").slice(0, 16);
}
