import type { ParcelLine } from "#app/domain/parcels/read-parcel-lines.ts";

/** Of one sale unit nothing can be sent later. */
export const canPart = (lines: readonly Pick<ParcelLine, "toSend">[]) =>
  lines.reduce((sum, { toSend }) => sum + toSend, 0) > 1;
