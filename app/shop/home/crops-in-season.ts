import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import type { SeasonCrop } from "#app/domain/listings/read-season.ts";

const DAYS = 30;
const MOST = 8;

/** The first day whose harvest is still in season: "2026-10-24". */
export function seasonSince(now: Date): string {
  return shanghaiDay(new Date(now.getTime() - DAYS * 86_400_000));
}

/** The crops of which something was harvested in the season, those with the most listings first. */
export function cropsInSeason(crops: readonly SeasonCrop[]): SeasonCrop[] {
  return crops
    .filter((crop) => crop.freshestId !== null)
    .sort((a, b) => b.listings - a.listings)
    .slice(0, MOST);
}
