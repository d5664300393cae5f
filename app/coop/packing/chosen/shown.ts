import type { ListedParcel } from "#app/domain/parcels/list-parcels.ts";
import { unitsToSend } from "#app/domain/parcels/units-to-send.ts";

export type ShownParcel = Pick<ListedParcel, "id"> & { lines: { toSend: number }[] };

/** Enough of an id to tell the parcels of one page apart. */
const endOf = (id: string) => id.slice(-12);

/** How many sale units each parcel of a page is shown to hold, in one short field. */
export const sayShown = (parcels: readonly ShownParcel[]): string =>
  parcels.map(({ id, lines }) => `${endOf(id)}:${unitsToSend(lines)}`).join(" ");

/** What that field says of these parcels; an old or a mended form says nothing of some. */
export function readShown(sent: unknown, parcelIds: readonly string[]): Map<string, number> {
  const said = typeof sent === "string" ? [...sent.matchAll(/([0-9a-f]{12}):(\d{1,9})/g)] : [];
  const units = new Map(said.map(([, end = "", count]) => [end, Number(count)]));
  return new Map(
    parcelIds.flatMap((id) => {
      const shown = units.get(endOf(id));
      return shown === undefined ? [] : [[id, shown] as const];
    }),
  );
}
