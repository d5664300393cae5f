import { MOST_CHOSEN } from "#app/forms/chosen.ts";

/** What can be done with several listings at once. */
export const deeds = ["pause", "resume", "price", "restock"] as const;
export type Deed = (typeof deeds)[number];

/** What an address asks to do with which listings; null where it names no such deed. */
export function readAsked(request: Request): { deed: Deed | null; listingIds: string[] } {
  const query = new URL(request.url).searchParams;
  const deed = deeds.find((each) => each === query.get("deed")) ?? null;
  return { deed, listingIds: [...new Set(query.getAll("listing"))].slice(0, MOST_CHOSEN) };
}
