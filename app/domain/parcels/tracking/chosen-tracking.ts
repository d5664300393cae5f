import { type Carrier, readTrackingNumber } from "../carriers.ts";
import type { TrackingRow } from "./read-tracking.ts";

/**
 * What was typed beside each of some parcels, all given to one carrier, as the lines of a table of
 * tracking numbers (read-tracking.ts): a parcel without a number is left out. Pure.
 */
export function chosenTracking(
  parcels: readonly { orderNumber: string; typed: string }[],
  carrier: Carrier,
): TrackingRow[] {
  return parcels.flatMap(({ orderNumber, typed }, index): TrackingRow[] => {
    const number = typed.trim().slice(0, 60);
    if (number === "") return [];
    const trackingNumber = readTrackingNumber(number);
    return [
      {
        ...{ line: index + 1, orderNumber, carrier, trackingNumber },
        said: { order: orderNumber, carrier, number },
        fault: trackingNumber === null ? "no-number" : null,
      },
    ];
  });
}
