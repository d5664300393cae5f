import { z } from "zod";
import { carriers, readTrackingNumber } from "#app/domain/parcels/carriers.ts";

/** Who carries a parcel and under which number, as a form brings it. */
export const shipmentFields = z.object({
  carrier: z.enum(carriers, "choose"),
  trackingNumber: z.string().refine((text) => readTrackingNumber(text) !== null, "trackingNumber"),
});
