import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { noteAct } from "../audit/note-act.ts";
import { type Carrier, readTrackingNumber } from "./carriers.ts";
import { lockParcel } from "./lock-parcel.ts";
import { hasLeft } from "./parcel-states.ts";
import { tellShipped } from "./tell-parcel.ts";

export type CorrectedShipment =
  | { ok: true; parcelId: string; isNew: boolean }
  | { ok: false; reason: "parcel-not-found" | "not-shipped" | "tracking-number" }
  | { ok: false; reason: "shipment-changed"; carrier: string; trackingNumber: string };

/**
 * Puts a wrong carrier or tracking number of a shipped or delivered parcel right. What stood
 * before stays as an event of the parcel; the buyer sees the new number at once, and is told
 * it while the parcel is on its way. `corrections` is
 * how many corrections the manager had seen: a form that is older than the last one changes
 * nothing. What stands there already is answered ok with `isNew` false.
 *
 * Fails with "parcel-not-found" (unknown, another cooperative's, or of an order not paid),
 * "not-shipped" (not yet, or cancelled), "tracking-number" (not 6–40 letters, digits or dashes) or
 * "shipment-changed" (corrected meanwhile; what stands comes back). Allowed while the order is
 * disputed too: the right number is what the bank asks for. Locks the order's row, then its
 * parcels by id.
 */
export async function correctShipment(
  db: Kysely<DB>,
  scope: CoopScope,
  input: {
    parcelId: string;
    carrier: Carrier;
    trackingNumber: string;
    corrections: number;
    now?: Date;
  },
): Promise<CorrectedShipment> {
  const trackingNumber = readTrackingNumber(input.trackingNumber);
  if (trackingNumber === null) return { ok: false, reason: "tracking-number" };
  const { carrier, now = new Date() } = input;
  return db.transaction().execute(async (trx): Promise<CorrectedShipment> => {
    const locked = await lockParcel(trx, scope, input.parcelId);
    if (!locked) return { ok: false, reason: "parcel-not-found" };
    const { id, status, ...sent } = locked.parcel;
    const former = { carrier: sent.carrier, tracking_number: sent.tracking_number };
    if (!hasLeft(status) || former.carrier === null || former.tracking_number === null) {
      return { ok: false, reason: "not-shipped" };
    }
    if (former.carrier === carrier && former.tracking_number === trackingNumber) {
      return { ok: true, parcelId: id, isNew: false };
    }
    const { made } = await trx
      .selectFrom("parcel_events")
      .where("parcel_id", "=", id)
      .where("kind", "=", "shipment-corrected")
      .select((eb) => eb.fn.countAll<number>().as("made"))
      .executeTakeFirstOrThrow();
    if (Number(made) !== input.corrections) {
      const stands = { carrier: former.carrier, trackingNumber: former.tracking_number };
      return { ok: false, reason: "shipment-changed", ...stands };
    }
    const sentAs = { carrier, tracking_number: trackingNumber };
    await trx
      .updateTable("parcels")
      .set({ ...sentAs, updated_at: now })
      .where("id", "=", id)
      .execute();
    await trx
      .insertInto("parcel_events")
      .values({
        id: uuidv7(),
        parcel_id: id,
        kind: "shipment-corrected",
        by_user_id: scope.userId,
        occurred_at: now,
        former_carrier: former.carrier,
        former_tracking_number: former.tracking_number,
      })
      .execute();

    if (status === "shipped") await tellShipped(trx, id);
    await noteAct(trx, {
      ...{ actor: scope.userId, action: "parcel.shipment-corrected" },
      ...{ subject: { type: "parcel", id }, before: former, after: sentAs },
    });
    return { ok: true, parcelId: id, isNew: true };
  });
}
