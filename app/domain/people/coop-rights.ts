/** What somebody may be for a cooperative. */
export const coopRoles = ["manager", "packer", "bookkeeper"] as const;
export type CoopRole = (typeof coopRoles)[number];

/**
 * What can be done for a cooperative: `pack` parcels and ship them; give `money` to households and
 * read what is owed; `sell` for households, cancel parcels, refund buyers and set terms; decide which
 * `people` work for it.
 */
export type CoopRight = "pack" | "money" | "sell" | "people";

export const coopRightsOf: Record<CoopRole, readonly CoopRight[]> = {
  manager: ["pack", "money", "sell", "people"],
  packer: ["pack"],
  bookkeeper: ["money"],
};
