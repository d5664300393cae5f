import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makePaidOrder } from "#tests/factories/paid-orders.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { coopScope } from "#tests/factories/scopes.ts";
import { waitUntilBlocked } from "#tests/setup/barrier.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { acceptParcel } from "./accept-parcel.ts";
import { countParcels } from "./count-parcels.ts";
import { deliverParcel } from "./deliver-parcel.ts";
import { listParcels } from "./list-parcels.ts";
import { packParcel } from "./pack-parcel.ts";
import { readHarvest } from "./read-harvest.ts";
import { readParcel } from "./read-parcel.ts";
import { shipParcel } from "./ship-parcel.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

/** A cooperative with two households and its manager. */
async function makeCoop() {
  const cooperative = await makeCooperative(test.db);
  const homes = [
    await makeHousehold(test.db, { cooperative }),
    await makeHousehold(test.db, { cooperative }),
  ];
  return { homes, scope: coopScope({ userId: "manager", cooperativeId: cooperative.id }) };
}

async function orderStatus(id: string): Promise<string> {
  const row = await test.db
    .selectFrom("orders")
    .select("status")
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  return row.status;
}

const sf = (parcelId: string) =>
  ({ parcelId, carrier: "sf", trackingNumber: "SF12345678" }) as const;

async function shipWhole(scope: Parameters<typeof acceptParcel>[1], parcelId: string) {
  await acceptParcel(test.db, scope, { parcelId });
  await packParcel(test.db, scope, { parcelId });
  return shipParcel(test.db, scope, sf(parcelId));
}

describe("a parcel on its way", () => {
  it("goes step by step, takes its order along, and each step leaves its trace", async () => {
    const coop = await makeCoop();
    const order = await makePaidOrder(test.db, [coop.homes]);
    const parcelId = order.parcels[0]?.id as string;
    expect(await acceptParcel(test.db, coop.scope, { parcelId })).toMatchObject({
      ok: true,
      isNew: true,
      orderStatus: "packing",
    });
    await packParcel(test.db, coop.scope, { parcelId });
    expect(await orderStatus(order.id)).toBe("packing");
    await shipParcel(test.db, coop.scope, {
      parcelId,
      carrier: "sf",
      trackingNumber: " sf１２３ 456 ",
    });
    expect(await orderStatus(order.id)).toBe("shipped");
    await deliverParcel(test.db, coop.scope, { parcelId });
    expect(await orderStatus(order.id)).toBe("delivered");

    const parcel = await readParcel(test.db, coop.scope, parcelId);
    expect(parcel).toMatchObject({ carrier: "sf", trackingNumber: "SF123456" });
    expect(parcel?.events.map((event) => event.kind)).toEqual([
      "accepted",
      "packed",
      "shipped",
      "delivered",
    ]);
    const audit = await test.db
      .selectFrom("audit_log")
      .select(["action", "actor_user_id"])
      .where("subject_id", "=", parcelId)
      .orderBy("id")
      .execute();
    expect(audit.map((row) => row.action)).toEqual([
      "parcel.accepted",
      "parcel.packed",
      "parcel.shipped",
      "parcel.delivered",
    ]);
    expect(audit[0]?.actor_user_id).toBe("manager");
  });

  it("takes the same step sent ten times at once as one", async () => {
    const coop = await makeCoop();
    const order = await makePaidOrder(test.db, [coop.homes]);
    const parcelId = order.parcels[0]?.id as string;
    await acceptParcel(test.db, coop.scope, { parcelId });
    await packParcel(test.db, coop.scope, { parcelId });
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => shipParcel(test.db, coop.scope, sf(parcelId))),
    );
    expect(answers.every((answer) => answer.ok)).toBe(true);
    expect(answers.filter((answer) => answer.ok && answer.isNew)).toHaveLength(1);
    const late = await acceptParcel(test.db, coop.scope, { parcelId });
    expect(late).toMatchObject({ ok: true, status: "shipped", isNew: false });
  });

  it("refuses a step out of turn and a shipment under another number, and says why", async () => {
    const coop = await makeCoop();
    const order = await makePaidOrder(test.db, [coop.homes]);
    const parcelId = order.parcels[0]?.id as string;
    const ship = () => shipParcel(test.db, coop.scope, sf(parcelId));
    expect(await ship()).toEqual({ ok: false, reason: "accept-first" });
    expect(await deliverParcel(test.db, coop.scope, { parcelId })).toEqual({
      ok: false,
      reason: "ship-first",
    });
    await shipWhole(coop.scope, parcelId);
    const other = { parcelId, carrier: "ems", trackingNumber: "EMS99999" } as const;
    expect(await shipParcel(test.db, coop.scope, other)).toEqual({
      ok: false,
      reason: "shipped-otherwise",
      carrier: "sf",
      trackingNumber: "SF12345678",
    });
    for (const trackingNumber of ["", "12345", "<script>", "单号一二三四五六", "A".repeat(41)]) {
      const answer = await shipParcel(test.db, coop.scope, { ...other, trackingNumber });
      expect(answer).toEqual({ ok: false, reason: "tracking-number" });
    }
  });

  it("stops when the order is refunded or disputed, but may still arrive", async () => {
    const coop = await makeCoop();
    const order = await makePaidOrder(test.db, [coop.homes]);
    const parcelId = order.parcels[0]?.id as string;
    const set = (status: string) =>
      test.db.updateTable("orders").set({ status }).where("id", "=", order.id).execute();
    for (const status of ["disputed", "refunded"]) {
      await set(status);
      const answer = await acceptParcel(test.db, coop.scope, { parcelId });
      expect(answer).toEqual({ ok: false, reason: "order-stopped" });
    }
    await set("partly-refunded");
    expect(await shipWhole(coop.scope, parcelId)).toMatchObject({ ok: true });
    await set("disputed");
    expect(await deliverParcel(test.db, coop.scope, { parcelId })).toMatchObject({
      ok: true,
      orderStatus: "disputed",
    });
  });
});

describe("an order of two cooperatives", () => {
  it("is shipped once both are, even when both ship at the same moment", async () => {
    for (let round = 0; round < 8; round++) {
      const [first, second] = [await makeCoop(), await makeCoop()];
      const order = await makePaidOrder(test.db, [first.homes, second.homes]);
      const [one, two] = order.parcels.map((parcel) => parcel.id) as [string, string];
      for (const [coop, parcelId] of [
        [first, one],
        [second, two],
      ] as const) {
        await acceptParcel(test.db, coop.scope, { parcelId });
        await packParcel(test.db, coop.scope, { parcelId });
      }
      // The barrier: both are under way before either may have the order's row.
      const holder = await test.db.startTransaction().execute();
      await holder
        .selectFrom("orders")
        .select("id")
        .where("id", "=", order.id)
        .forUpdate()
        .execute();
      const both = Promise.all([
        shipParcel(test.db, first.scope, sf(one)),
        shipParcel(test.db, second.scope, sf(two)),
      ]);
      await waitUntilBlocked(test.db, 2);
      await holder.commit().execute();
      expect((await both).every((answer) => answer.ok)).toBe(true);
      expect(await orderStatus(order.id)).toBe("shipped");
    }
  });

  it("shows each its own parcel only, and lets neither move the other's", async () => {
    const [mine, theirs] = [await makeCoop(), await makeCoop()];
    const order = await makePaidOrder(test.db, [mine.homes, theirs.homes]);
    const [own, other] = order.parcels.map((parcel) => parcel.id) as [string, string];
    expect(await readParcel(test.db, mine.scope, own)).not.toBe(null);
    expect(await readParcel(test.db, mine.scope, other)).toBe(null);
    expect(await readParcel(test.db, mine.scope, "not-an-id")).toBe(null);
    const listed = await listParcels(test.db, mine.scope, { status: "waiting" });
    expect(listed.map((parcel) => parcel.id)).toEqual([own]);
    for (const verb of [acceptParcel, packParcel, deliverParcel]) {
      const answer = await verb(test.db, mine.scope, { parcelId: other });
      expect(answer).toEqual({ ok: false, reason: "parcel-not-found" });
    }
    const shipped = await shipParcel(test.db, mine.scope, sf(other));
    expect(shipped).toEqual({ ok: false, reason: "parcel-not-found" });
  });
});

describe("what a cooperative sees", () => {
  it("never holds a parcel of an unpaid order", async () => {
    const coop = await makeCoop();
    for (const status of ["pending-payment", "expired", "cancelled"]) {
      const order = await makePaidOrder(test.db, [coop.homes], { status, paidAt: null });
      const parcelId = order.parcels[0]?.id as string;
      expect(await readParcel(test.db, coop.scope, parcelId)).toBe(null);
      const answer = await acceptParcel(test.db, coop.scope, { parcelId });
      expect(answer).toEqual({ ok: false, reason: "parcel-not-found" });
    }
    expect(await listParcels(test.db, coop.scope, { status: "waiting" })).toEqual([]);
    expect((await countParcels(test.db, coop.scope)).waiting).toBe(0);
  });

  it("names whose lot provides what, and sums it by product and household", async () => {
    const coop = await makeCoop();
    await makePaidOrder(test.db, [coop.homes], { quantity: 2 });
    const parcels = await listParcels(test.db, coop.scope, { status: "waiting" });
    const lines = parcels.flatMap((parcel) => parcel.lines);
    expect(lines[0]?.sources.map((source) => source.quantity)).toEqual([2, 2]);
    expect(lines[0]?.sources.every((source) => source.headName)).toBe(true);
    const totals = await readHarvest(test.db, coop.scope, { status: "waiting" });
    expect(totals).toMatchObject([{ quantity: 4, grams: 10_000 }]);
    expect(totals[0]?.households.map((home) => home.quantity)).toEqual([2, 2]);
  });

  it("does not name the head of a household that has gone to another cooperative", async () => {
    const [coop, other] = [await makeCoop(), await makeCoop()];
    const order = await makePaidOrder(test.db, [coop.homes]);
    const [stays, gone] = coop.homes.map((home) => home.id) as [string, string];
    await test.db
      .updateTable("households")
      .set({ cooperative_id: other.scope.cooperativeId })
      .where("id", "=", gone)
      .execute();
    const parcel = await readParcel(test.db, coop.scope, order.parcels[0]?.id ?? "");
    const sources = parcel?.lines.flatMap((line) => line.sources) ?? [];
    const heads = Object.fromEntries(sources.map((each) => [each.householdId, each.headName]));
    expect(heads).toEqual({ [stays]: expect.any(String), [gone]: null });
  });
});
