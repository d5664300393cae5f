import type { WireSession } from "../stripe/build-session.ts";

/** What a person knows the order by: its number if the shop gave one, else the shop's reference. */
export function orderNumber(session: WireSession): string | null {
  return session.metadata.order_number ?? session.client_reference_id;
}
