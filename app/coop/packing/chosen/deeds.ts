import { isStatus, type ParcelStatus } from "#app/domain/parcels/parcel-states.ts";
import { boardPath } from "../board-path.ts";

/** The step that several parcels of a column take at once; shipping wants a number of each. */
const events = ["accept", "pack", "deliver"] as const;
export type ChosenEvent = (typeof events)[number];

export const isEvent = (text: string): text is ChosenEvent =>
  events.some((event) => event === text);

/** The step of a column of the board; null where none is left. */
export const eventOf: Record<ParcelStatus, ChosenEvent | null> = {
  waiting: "accept",
  accepted: "pack",
  packed: null,
  shipped: "deliver",
  delivered: null,
  cancelled: null,
};

/** The board as it was when the form was sent from it. */
export function boardOf(form: FormData): string {
  const state = String(form.get("state") ?? "");
  return boardPath(form, isStatus(state) ? state : "waiting");
}
