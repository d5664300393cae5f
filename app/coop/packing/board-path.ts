import { filterQuery, readFilter } from "#app/domain/parcels/parcel-filter.ts";
import type { ParcelStatus } from "#app/domain/parcels/parcel-states.ts";

/** A column of the board, with the filter that it had when the form was sent from it. */
export function boardPath(form: FormData, column: ParcelStatus): string {
  const texts = [...form].filter(
    (field): field is [string, string] => typeof field[1] === "string",
  );
  return `/coop/parcels?state=${column}${filterQuery(readFilter(new URLSearchParams(texts)))}`;
}
