import { type Carrier, carriers } from "#app/domain/parcels/carriers.ts";

/** What a scan of a label does. */
export const deeds = ["open", "pack", "ship"] as const;
export type Deed = (typeof deeds)[number];
export const readDeed = (asked: unknown): Deed => deeds.find((deed) => deed === asked) ?? "open";
export const readCarrier = (asked: unknown): Carrier =>
  carriers.find((code) => code === asked) ?? carriers[0];
