import type { ParcelLeft } from "#app/domain/parcels/plan-parcel-refund.ts";
import type { ReadParcel } from "#app/domain/parcels/read-parcel.ts";

/** Something is left to give back, and the buyer's bank has not taken the money meanwhile. */
export function canRefund({ isAtBank, isMadeUp }: ReadParcel, left: ParcelLeft): boolean {
  return !isMadeUp && !isAtBank && (left.lines.length > 0 || left.freightFen > 0);
}
