import type { Crop, Shelf } from "#app/domain/listings/read-shelves.ts";

const DAYS = 30;
const MOST = 8;

/** The crops that were harvested in the last thirty days, those with the most listings first. */
export function cropsInSeason(shelves: readonly Shelf[], now: Date): Pick<Crop, "code" | "name">[] {
  const since = new Date(now.getTime() - DAYS * 86_400_000).toISOString().slice(0, 10);
  return shelves
    .flatMap((shelf) => shelf.crops)
    .filter((crop) => crop.freshest >= since)
    .sort((a, b) => b.listings - a.listings)
    .slice(0, MOST)
    .map(({ code, name }) => ({ code, name }));
}
