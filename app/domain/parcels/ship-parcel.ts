import type { Kysely } from "kysely";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { type AdvancedParcel, advanceParcel, type StepInput } from "./advance-parcel.ts";
import { type Carrier, readTrackingNumber } from "./carriers.ts";

/**
 * Hands a packed parcel to a carrier. The tracking number is kept in capitals without spaces.
 *
 * Fails with "tracking-number" when it is not 6–40 letters, digits or dashes; the other failures
 * and the locks are advanceParcel's.
 */
export async function shipParcel(
  db: Kysely<DB>,
  scope: CoopScope,
  input: { parcelId: string; carrier: Carrier; trackingNumber: string } & StepInput,
): Promise<AdvancedParcel | { ok: false; reason: "tracking-number" }> {
  const trackingNumber = readTrackingNumber(input.trackingNumber);
  if (trackingNumber === null) return { ok: false, reason: "tracking-number" };
  return advanceParcel(db, scope, {
    parcelId: input.parcelId,
    event: "ship",
    shipment: { carrier: input.carrier, trackingNumber },
    shownUnits: input.shownUnits,
    now: input.now,
  });
}
