import type { RowFault, TrackingRow } from "./read-tracking.ts";

/** What a line does when the file is taken: ship, nothing because it says what stands, or why it cannot. */
export type TrackingVerdict =
  | "ship"
  | "known"
  | RowFault
  | "unknown-order"
  | "twice"
  | "number-twice"
  | "pack-first"
  | "substitute-open"
  | "order-stopped"
  | "parcel-cancelled"
  | "shipped-otherwise";

export type JudgedRow = TrackingRow & {
  verdict: TrackingVerdict;
  parcel: { id: string; recipient: string } | null;
};

export const isTaken = ({ verdict }: { verdict: TrackingVerdict }) => verdict === "ship";
/** Whether something is wrong with it, that somebody has to mend. */
export const isWrong = (row: { verdict: TrackingVerdict }) =>
  !isTaken(row) && row.verdict !== "known";
