import type { Transaction } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { DB } from "#db/schema.d.ts";
import { noteAct } from "../audit/note-act.ts";
import type { ParcelStatus } from "./parcel-states.ts";

export type Shipment = { carrier: string; trackingNumber: string };

type Step = {
  parcel: { id: string; status: ParcelStatus };
  status: ParcelStatus;
  sent?: Shipment;
  /** Who says so; null for a buyer who has not signed in. */
  userId: string | null;
  now: Date;
};

/** Writes a parcel's new state with its trace. The caller holds the order's row and the parcel's. */
export async function writeStep(trx: Transaction<DB>, step: Step): Promise<void> {
  const { now, userId } = step;
  const shipment = step.sent
    ? { carrier: step.sent.carrier, tracking_number: step.sent.trackingNumber }
    : {};
  await trx
    .updateTable("parcels")
    .set({ status: step.status, updated_at: now, ...shipment })
    .where("id", "=", step.parcel.id)
    .execute();
  await trx
    .insertInto("parcel_events")
    .values({
      id: uuidv7(),
      parcel_id: step.parcel.id,
      kind: step.status,
      by_user_id: userId,
      occurred_at: now,
    })
    .execute();
  await noteAct(trx, {
    ...{ actor: userId, action: `parcel.${step.status}` },
    subject: { type: "parcel", id: step.parcel.id },
    before: { status: step.parcel.status },
    after: { status: step.status, ...shipment },
  });
}
