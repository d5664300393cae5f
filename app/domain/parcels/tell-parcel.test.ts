import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makePaidOrder } from "#tests/factories/paid-orders.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { buyerScope, coopScope } from "#tests/factories/scopes.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { completeOrders } from "../orders/complete-orders.ts";
import type { CoopScope } from "../scopes.ts";
import { acceptParcel } from "./accept-parcel.ts";
import { confirmReceipt } from "./confirm-receipt.ts";
import { correctShipment } from "./correct-shipment.ts";
import { deliverParcel } from "./deliver-parcel.ts";
import { packParcel } from "./pack-parcel.ts";
import { shipParcel } from "./ship-parcel.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const NOON = new Date("2026-11-20T04:00:00Z");
const later = (hours: number) => new Date(NOON.getTime() + hours * 3_600_000);

describe("a buyer is told by text message", () => {
  async function makeShipped() {
    const cooperative = await makeCooperative(test.db);
    const household = await makeHousehold(test.db, { cooperative });
    const visitorId = uuidv7();
    const order = await makePaidOrder(test.db, [[household]], { visitorId });
    const parcelId = order.parcels[0]?.id ?? "";
    const scope = coopScope({ userId: "manager", cooperativeId: cooperative.id });
    await acceptParcel(test.db, scope, { parcelId });
    await packParcel(test.db, scope, { parcelId });
    await ship(scope, parcelId);
    return { scope, order: { ...order, visitorId }, parcelId };
  }
  const ship = (scope: CoopScope, parcelId: string) =>
    shipParcel(test.db, scope, {
      ...{ parcelId, carrier: "sf", trackingNumber: "SF123456", now: NOON },
    });
  /** What she is owed for an order, as template and values. */
  const toldOf = async (number: string) => {
    const rows = await test.db
      .selectFrom("messages")
      .select(["template", "params"])
      .where("template", "like", "parcel.%")
      .orderBy("id")
      .execute();
    return rows.flatMap(({ template, params }) =>
      (params as { number: string }).number === number ? [[template, params]] : [],
    );
  };

  it("once that a parcel has left, and by which number; and anew where that was wrong", async () => {
    const { scope, order, parcelId } = await makeShipped();
    const { number } = order;
    const left = ["parcel.shipped", { number, carrier: "sf", tracking: "SF123456" }];
    expect(await toldOf(number)).toEqual([left]);
    await ship(scope, parcelId);
    expect(await toldOf(number)).toEqual([left]);
    await correctShipment(test.db, scope, {
      ...{ parcelId, carrier: "zto", trackingNumber: "ZT654321", corrections: 0 },
    });
    const right = ["parcel.shipped", { number, carrier: "zto", tracking: "ZT654321" }];
    expect(await toldOf(number)).toEqual([left, right]);
  });

  it("once that it was delivered, and until when she may claim", async () => {
    const { scope, order, parcelId } = await makeShipped();
    await deliverParcel(test.db, scope, { parcelId, now: later(100) });
    await deliverParcel(test.db, scope, { parcelId, now: later(101) });
    // 100 hours after it left, and 48 more: 24 November, noon and 4 hours, and two days.
    const came = ["parcel.delivered", { number: order.number, until: "11-26 16:00" }];
    expect((await toldOf(order.number)).slice(1)).toEqual([came]);
  });

  it("the same hours that her order's page gives, where its cooperative marks it too early", async () => {
    const { scope, order, parcelId } = await makeShipped();
    await deliverParcel(test.db, scope, { parcelId, now: later(1) });
    const came = ["parcel.delivered", { number: order.number, until: "11-25 12:00" }];
    expect((await toldOf(order.number)).slice(1)).toEqual([came]);
  });

  it("when the clock says that it has come, but not when she says so herself", async () => {
    const { order: hers } = await makeShipped();
    const buyer = buyerScope({ userId: null, visitorId: hers.visitorId });
    expect(await confirmReceipt(test.db, buyer, { number: hers.number })).toMatchObject({
      ok: true,
    });
    expect(await toldOf(hers.number)).toHaveLength(1);
    const { order } = await makeShipped();
    await completeOrders(test.db, { now: later(24 * 11) });
    const came = ["parcel.delivered", { number: order.number, until: "12-03 12:00" }];
    expect((await toldOf(order.number)).slice(1)).toEqual([came]);
  });

  it("nothing of a delivery whose money her bank is asked about", async () => {
    const { scope, order, parcelId } = await makeShipped();
    await test.db
      .updateTable("orders")
      .set({ status: "disputed" })
      .where("id", "=", order.id)
      .execute();
    expect(await deliverParcel(test.db, scope, { parcelId })).toMatchObject({ isNew: true });
    expect(await toldOf(order.number)).toHaveLength(1);
  });
});
