import { dayBounds } from "../calendar/day-bounds.ts";
import { type Carrier, carriers } from "./carriers.ts";

/** Which of a cooperative's parcels a board or a list is about; null: all. */
export type ParcelFilter = {
  /** The day in Shanghai on which its order was paid, "2026-11-22". */
  day: string | null;
  /** Who carries it; a parcel that has not left has nobody. */
  carrier: Carrier | null;
};

export const EVERYTHING: ParcelFilter = { day: null, carrier: null };

/** What an address asks for; what is no day and no carrier asks for nothing. */
export function readFilter(query: URLSearchParams): ParcelFilter {
  const day = query.get("day") ?? "";
  const carrier = carriers.find((code) => code === query.get("carrier")) ?? null;
  return { day: dayBounds(day) ? day : null, carrier };
}

/** The same as it stands in an address, each with `&` before it. */
export function filterQuery({ day, carrier }: ParcelFilter): string {
  return `${day ? `&day=${day}` : ""}${carrier ? `&carrier=${carrier}` : ""}`;
}
