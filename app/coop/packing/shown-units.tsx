import type { ParcelLine } from "#app/domain/parcels/read-parcel-lines.ts";
import { unitsToSend } from "#app/domain/parcels/units-to-send.ts";

/** How many sale units the page shows to be in the box: nobody closes or sends another box than she saw. */
export function ShownUnits({ lines }: { lines: Pick<ParcelLine, "toSend">[] }) {
  return <input type="hidden" name="shownUnits" value={unitsToSend(lines)} />;
}
