import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makePaidOrder } from "#tests/factories/paid-orders.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { coopScope } from "#tests/factories/scopes.ts";
import { raceBehind } from "#tests/setup/barrier.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { acceptParcel } from "./accept-parcel.ts";
import type { Carrier } from "./carriers.ts";
import { correctShipment } from "./correct-shipment.ts";
import { deliverParcel } from "./deliver-parcel.ts";
import { packParcel } from "./pack-parcel.ts";
import { readParcel } from "./read-parcel.ts";
import { shipParcel } from "./ship-parcel.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

/** A packed parcel of its own cooperative, with its verbs. */
async function makePacked() {
  const { db } = test;
  const cooperative = await makeCooperative(db);
  const home = await makeHousehold(db, { cooperative });
  const scope = coopScope({ userId: "manager", cooperativeId: cooperative.id });
  const order = await makePaidOrder(db, [[home]]);
  const parcelId = order.parcels[0]?.id ?? "";
  await acceptParcel(db, scope, { parcelId });
  await packParcel(db, scope, { parcelId });
  const correct = (carrier: Carrier, trackingNumber: string, corrections: number, by = scope) =>
    correctShipment(db, by, { parcelId, carrier, trackingNumber, corrections });
  const ship = () => shipParcel(db, scope, { parcelId, carrier: "sf", trackingNumber: "SF000001" });
  const read = async () => {
    const parcel = await readParcel(db, scope, parcelId);
    const was = parcel?.corrections.map((each) => [each.formerCarrier, each.formerTrackingNumber]);
    return { now: [parcel?.carrier, parcel?.trackingNumber], was };
  };
  return { parcelId, order, scope, correct, ship, read };
}

describe("a wrong tracking number", () => {
  it("is put right as often as needed, and what stood before is kept", async () => {
    const { correct, ship, read, scope, parcelId } = await makePacked();
    await ship();
    expect(await correct("sf", " sf 000002 ", 0)).toMatchObject({ ok: true, isNew: true });
    await deliverParcel(test.db, scope, { parcelId });
    expect(await correct("ems", "EMS00003", 1)).toMatchObject({ ok: true, isNew: true });
    expect(await read()).toEqual({
      now: ["ems", "EMS00003"],
      was: [
        ["sf", "SF000001"],
        ["sf", "SF000002"],
      ],
    });
    const audit = await test.db
      .selectFrom("audit_log")
      .select(["actor_user_id", "before", "after"])
      .where("subject_id", "=", parcelId)
      .where("action", "=", "parcel.shipment-corrected")
      .orderBy("id")
      .execute();
    expect(audit).toMatchObject([
      { actor_user_id: "manager", before: { tracking_number: "SF000001" } },
      { after: { carrier: "ems", tracking_number: "EMS00003" } },
    ]);
  });

  it("sent twice is one correction, and a form from before it undoes nothing", async () => {
    const { correct, ship, read } = await makePacked();
    await ship();
    await correct("sf", "SF000002", 0);
    expect(await correct("sf", "SF000002", 0)).toMatchObject({ ok: true, isNew: false });
    await correct("sf", "SF000001", 1);
    // The first form once more, long after: its number was taken back since.
    expect(await correct("sf", "SF000002", 0)).toEqual({
      ok: false,
      reason: "shipment-changed",
      carrier: "sf",
      trackingNumber: "SF000001",
    });
    expect((await read()).was).toHaveLength(2);
  });

  it("corrected by two at the same moment is told to the later one", async () => {
    const { correct, ship, read, order } = await makePacked();
    await ship();
    const answers = await raceBehind(
      test.db,
      sql`select id from orders where id = ${order.id} for update`,
      2,
      [() => correct("sf", "SF000002", 0), () => correct("sf", "SF000003", 0)],
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.find((answer) => !answer.ok)).toMatchObject({ reason: "shipment-changed" });
    expect((await read()).was).toEqual([["sf", "SF000001"]]);
  });

  it("is another cooperative's only to itself, and none before the parcel has left", async () => {
    const { correct, ship, read } = await makePacked();
    expect(await correct("sf", "SF000002", 0)).toEqual({ ok: false, reason: "not-shipped" });
    await ship();
    expect(await correct("sf", "12", 0)).toEqual({ ok: false, reason: "tracking-number" });
    const stranger = coopScope({ userId: "other", cooperativeId: uuidv7() });
    expect(await correct("sf", "SF000002", 0, stranger)).toEqual({
      ok: false,
      reason: "parcel-not-found",
    });
    expect(await read()).toEqual({ now: ["sf", "SF000001"], was: [] });
  });
});
