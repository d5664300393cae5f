import type { Kysely } from "kysely";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { type AdvancedParcel, advanceParcel, type StepInput } from "./advance-parcel.ts";

/**
 * Marks a parcel as packed: everything of its packing list is in the box. Failures and locks: see
 * advanceParcel.
 */
export function packParcel(
  db: Kysely<DB>,
  scope: CoopScope,
  input: { parcelId: string } & StepInput,
): Promise<AdvancedParcel> {
  return advanceParcel(db, scope, { ...input, event: "pack" });
}
