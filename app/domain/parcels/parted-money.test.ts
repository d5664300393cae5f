import { v7 as uuidv7 } from "uuid";
import { beforeEach, describe, expect, test } from "vitest";
import { makeClaim, makeClaimPhoto } from "#tests/factories/claims.ts";
import { booksOf, standingOf, stockOf } from "#tests/factories/look.ts";
import { makeParted } from "#tests/factories/parted-parcel.ts";
import { carryOutRefunds } from "#tests/factories/payments.ts";
import { officerScope, scopeOf } from "#tests/factories/scopes.ts";
import { openPayingMarket, type PayingMarket } from "#tests/setup/paying-market.ts";
import { readSales } from "../households/read-earnings.ts";
import { readSlip } from "../households/read-slip.ts";
import { verifyLedger } from "../ledger/verify-ledger.ts";
import { cancelOrder } from "../payments/cancel-order.ts";
import { readOwed } from "../payouts/owed.ts";
import { readStatement } from "../relief/read-statement.ts";
import { acceptParcel } from "./accept-parcel.ts";
import { cancelParcel } from "./cancel-parcel.ts";
import { deliverParcel } from "./deliver-parcel.ts";
import { packParcel } from "./pack-parcel.ts";
import { sayShort } from "./say-short.ts";
import { shipParcel } from "./ship-parcel.ts";
import { weighLine } from "./weigh-line.ts";

let market: PayingMarket;
beforeEach(async () => {
  market = await openPayingMarket();
  return market.drop;
});

const differences = async () => (await verifyLedger(market.db)).differences;

async function open() {
  const { db, app, payments } = market;
  const box = await makeParted(market);
  const { restId } = box;
  const rest = await db
    .selectFrom("order_lines")
    .select("id")
    .where("parcel_id", "=", restId)
    .executeTakeFirstOrThrow();
  const { freight_fen: freightFen } = await db
    .selectFrom("orders")
    .select("freight_fen")
    .where("id", "=", box.orderId)
    .executeTakeFirstOrThrow();
  const callOff = (parcelId: string) => cancelParcel(app, box.scope, { parcelId, reason: "霜冻" });
  const deliver = async (parcelId: string) => {
    const { scope } = box;
    await acceptParcel(app, scope, { parcelId });
    await packParcel(app, scope, { parcelId });
    await shipParcel(app, scope, { parcelId, carrier: "sf", trackingNumber: "SF1234567890" });
    return deliverParcel(app, scope, { parcelId });
  };
  const givenBack = async () => {
    await carryOutRefunds(db, payments, box.orderId);
    const { refunds } = await standingOf(db, box.orderId);
    return refunds.reduce((sum, { fen }) => sum + fen, 0);
  };
  return { ...box, restLineId: rest.id, freightFen, callOff, deliver, givenBack };
}

describe("of a parcel that is sent in parts", () => {
  test("the freight goes back with the last of them, and with none that is called off before", async () => {
    const box = await open();
    await box.callOff(box.parcelId);
    expect(await box.givenBack()).toBe(2 * 2_990 + 2 * 1_777);
    expect(await differences()).toEqual([]);
    await box.callOff(box.restId);
    expect(await box.givenBack()).toBe(4 * 2_990 + 2 * 1_777 + box.freightFen);
    expect(await booksOf(market.db)).toEqual({});
    expect((await standingOf(market.db, box.orderId)).status).toBe("refunded");
    expect(await stockOf(market.db, box.listing.lotIds)).toMatchObject({ sold: 0, available: 8 });
    expect(await differences()).toEqual([]);
  });

  test("nothing of the freight goes back once one has left", async () => {
    const box = await open();
    await box.deliver(box.restId);
    await box.callOff(box.parcelId);
    expect(await box.givenBack()).toBe(2 * 2_990 + 2 * 1_777);
    const books = await booksOf(market.db);
    expect(books["freight:yanyuan"]).toBe(-box.freightFen);
    expect(await differences()).toEqual([]);
  });

  test("the buyer's own calling off gives back all of it, freight once", async () => {
    const box = await open();
    const { number } = box;
    expect(
      await cancelOrder(market.app, market.payments.gateway, box.buyer, {
        number,
        withRefund: true,
      }),
    ).toMatchObject({ ok: true });
    expect(await box.givenBack()).toBe(4 * 2_990 + 2 * 1_777 + box.freightFen);
    expect(await booksOf(market.db)).toEqual({});
    expect(await differences()).toEqual([]);
  });

  test("each half has its own shortages, weighings and claims", async () => {
    const box = await open();
    const { scope, restId, restLineId, parcelId } = box;
    const later = () => ({ parcelId: restId, orderLineId: restLineId, clientKey: uuidv7() });
    expect(
      await sayShort(market.app, scope, { ...later(), quantity: 1, reason: "gone" }),
    ).toMatchObject({
      ...{ ok: true, fen: 2_990 },
    });
    const now = { parcelId, orderLineId: box.apples.lineId, clientKey: uuidv7() };
    expect(await weighLine(market.app, scope, { ...now, actualGrams: 4_900 })).toMatchObject({
      ...{ ok: true, fen: 120 },
    });
    expect(
      await weighLine(market.app, scope, {
        ...now,
        parcelId: restId,
        clientKey: uuidv7(),
        actualGrams: 4_900,
      }),
    ).toEqual({
      ...{ ok: false, reason: "unknown-line" },
    });
    await carryOutRefunds(market.db, market.payments, box.orderId);
    await box.deliver(parcelId);
    const photoIds = [await makeClaimPhoto(market.db, box.orderId)];
    const claim = (line: { lineId: string; parcelId: string }) =>
      makeClaim(market.db, { ...box, line }, { percent: 10, photoIds });
    const mine = { lineId: box.apples.lineId, parcelId };
    expect(await claim({ ...mine, lineId: restLineId })).toMatchObject({ ok: false });
    expect(await claim({ parcelId: restId, lineId: restLineId })).toMatchObject({ ok: false });
    expect(await claim(mine)).toMatchObject({ ok: true });
    await carryOutRefunds(market.db, market.payments, box.orderId);
    expect(await differences()).toEqual([]);
  });

  test("a household reads what it sold as one sale, and its statement as if nothing had moved", async () => {
    const box = await open();
    const [home] = box.homes;
    const before = { quantity: 3, priceFen: 8_970, yoursFen: 8_432, feeFen: 538, changes: [] };
    for (const line of [box.apples.lineId, box.restLineId]) {
      expect(await readSlip(market.app, scopeOf(home), line)).toMatchObject(before);
    }
    const sales = async () => (await readSales(market.app, scopeOf(home), { lines: 9 })).sales;
    expect(await sales()).toMatchObject([
      { titleZh: "核桃", quantity: 2, earnedFen: 3_341 },
      { titleZh: "盐源苹果", quantity: 3, earnedFen: 8_432, refundedFen: 0 },
    ]);
    const officer = officerScope({ userId: "o", regionCode: home.regionCode.slice(0, 6) });
    const statement = async () =>
      (await readStatement(market.app, officer, { code: "LS-000123" }))?.entries ?? [];
    expect(
      (await statement()).map(({ kind, fen, quantity }) => [kind, fen, quantity]).sort(),
    ).toEqual([
      ["sale", 3_341, 2],
      ["sale", 8_432, 3],
    ]);
    await box.callOff(box.restId);
    await box.givenBack();
    expect((await readSlip(market.app, scopeOf(home), box.apples.lineId))?.yoursFen).toBe(5_622);
    expect((await statement())[0]).toMatchObject({ kind: "refund", fen: -2_810 });
  });

  test("what was sold after a run's last day is held back as one", async () => {
    const box = await open();
    const owed = (soldUntil: string | null) =>
      readOwed(market.db, box.scope, { soldUntil, minimumFen: 0 });
    const sumOf = async (soldUntil: string | null) =>
      (await owed(soldUntil)).reduce((sum, { dueFen }) => sum + Number(dueFen), 0);
    expect(await sumOf(null)).toBe(8_432 + 2_811 + 3_341);
    expect(await sumOf("2020-01-01")).toBe(0);
  });
});
