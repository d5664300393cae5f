import type { ParcelLine } from "#app/domain/parcels/read-parcel-lines.ts";

/** How many sale units the page shows to be in the box: nobody closes or sends another box than she saw. */
export function ShownUnits({ lines }: { lines: Pick<ParcelLine, "toSend">[] }) {
  const units = lines.reduce((sum, { toSend }) => sum + toSend, 0);
  return <input type="hidden" name="shownUnits" value={units} />;
}
