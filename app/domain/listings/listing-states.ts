export type ListingStatus = "draft" | "published" | "paused" | "withdrawn";
export type ListingEvent = "pause" | "resume" | "withdraw";

/** Where each event leads; a listing that was withdrawn never comes back, a new one is made. */
const table: Record<ListingStatus, Partial<Record<ListingEvent, ListingStatus>>> = {
  // It waits for the household's consent (domain/consents/): nothing else moves it.
  draft: {},
  published: { pause: "paused", resume: "published", withdraw: "withdrawn" },
  paused: { pause: "paused", resume: "published", withdraw: "withdrawn" },
  withdrawn: { withdraw: "withdrawn" },
};

/** The state after an event, or null when it is not allowed. The same event again changes nothing. */
export function nextStatus(status: ListingStatus, event: ListingEvent): ListingStatus | null {
  return table[status][event] ?? null;
}
