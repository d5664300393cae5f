import { sql, type Transaction } from "kysely";
import { queueIndexing } from "#app/domain/queue/queue-job.ts";
import type { DB } from "#db/schema.d.ts";
import type { OrderStatus } from "../orders/order-states.ts";
import { followCancelled } from "../parcels/follow-cancelled.ts";
import type { ParcelStatus } from "../parcels/parcel-states.ts";
import { writeShort } from "../parcels/write-short.ts";
import { callOff } from "../payments/call-off.ts";
import { planMissing } from "../payments/plan-missing.ts";
import { lockListings } from "../stock/lock-lots.ts";
import { endOfferHolds } from "./end-hold.ts";
import type { LockedSubstitution } from "./lock-substitution.ts";
import { noteEnded } from "./note-ended.ts";
import type { SubstitutionState } from "./substitution-rule.ts";

export type GivenUp =
  /** What goes back to her, in fen: for what is missing, or for the parcel where that is all of it. */
  { ok: true; fen: number } | { ok: false; reason: "order-stopped" };

type Units = { lineUnits: number; parcelUnits: number; missingListingId: string };

async function readUnits(trx: Transaction<DB>, of: LockedSubstitution): Promise<Units> {
  const { rows } = await sql<Units>`
    select coalesce(sum(a.quantity - a.short_units) filter (where l.id = ${of.orderLineId}), 0)::int
        as "lineUnits", coalesce(sum(a.quantity - a.short_units), 0)::int as "parcelUnits",
      (select listing_id from order_lines where id = ${of.orderLineId}) as "missingListingId"
    from order_lines l join allocations a on a.order_line_id = l.id and a.state = 'sold'
    where l.parcel_id = ${of.parcelId}`.execute(trx);
  const [units] = rows;
  if (!units) throw new Error("a sum has one row");
  return units;
}

/**
 * Ends an open proposal without a yes: what was held is on sale again, and where `isFound` does not say that
 * the goods are there after all, their money goes back to the buyer as for any shortage (write-short.ts);
 * where nothing else is to be sent, the parcel is called off with its freight. Fails, writing nothing, with
 * "order-stopped" while nothing can be given back because a bank has the money. What has gone back
 * already goes back no second time. The caller holds the order's row, its parcels' and the proposal; the
 * missing line's listing, then the lots by id are locked after them.
 */
export async function giveUp(
  trx: Transaction<DB>,
  of: {
    order: { id: string; status: OrderStatus };
    siblings: readonly { id: string; status: ParcelStatus }[];
    substitution: LockedSubstitution;
    state: Exclude<SubstitutionState, "open" | "accepted" | "dropped">;
    userId: string | null;
    isFound?: boolean;
    now: Date;
  },
): Promise<GivenUp> {
  const { substitution, state, userId, now } = of;
  const { id, orderId, parcelId, orderLineId, missingUnits: quantity } = substitution;
  const money = await planMissing(trx, { orderId, parcelId, orderLineId, quantity });
  const isAtBank = !money.ok && ["payment-disputed", "payment-made-up"].includes(money.reason);
  if (isAtBank && !of.isFound) return { ok: false, reason: "order-stopped" };
  await lockListings(trx, [orderLineId]);
  const released = await endOfferHolds(trx, [parcelId], id);
  const { lineUnits, parcelUnits, missingListingId } = await readUnits(trx, substitution);
  const ended = { id, parcelId, state, userId, now };
  if (of.isFound || !money.ok) {
    await noteEnded(trx, ended);
    for (const listingId of released) await queueIndexing(trx, listingId);
    return { ok: true, fen: 0 };
  }
  if (quantity === parcelUnits) return callAllOff(trx, of, released);
  // Jobs' keys are locks, taken in the order of ids.
  const [first, last] = [
    released.filter((each) => each < missingListingId),
    released.filter((each) => each > missingListingId),
  ];
  for (const listingId of first) await queueIndexing(trx, listingId);
  const short = await writeShort(trx, {
    ...{ orderId, parcelId, orderLineId, units: lineUnits, quantity },
    ...{ reason: substitution.reason, note: substitution.note, userId: substitution.askedBy },
    clientKey: `substitution:${id}`,
  });
  if (!short.ok) throw new Error(`substitution ${id} cannot be given up: ${short.reason}`);
  for (const listingId of last) await queueIndexing(trx, listingId);
  await noteEnded(trx, { ...ended, refundId: short.refundId });
  return { ok: true, fen: short.fen };
}

async function callAllOff(
  trx: Transaction<DB>,
  of: Parameters<typeof giveUp>[1],
  alsoChanged: readonly string[],
): Promise<GivenUp> {
  const { substitution, order, siblings, state, userId, now } = of;
  const { id, orderId, parcelId, orderLineId, reason, note, askedBy } = substitution;
  await noteEnded(trx, { id, parcelId, state, userId, now });
  const off = await callOff(trx, {
    ...{ orderId, parcelId, parcelIds: [parcelId], reason: "cancelled-by-cooperative", note },
    ...{ userId: askedBy, alsoChanged, now },
    lost: { parcelId, lost: [{ orderLineId, reason }], userId: askedBy },
  });
  if (!off.ok) throw new Error(`parcel ${parcelId} cannot be called off: ${off.reason}`);
  await followCancelled(trx, { order, siblings, parcelId, now });
  return { ok: true, fen: off.fen };
}
