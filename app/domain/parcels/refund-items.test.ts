import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { carryOutRefunds, makePaidCheckout, refusingForGood } from "#tests/factories/payments.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { coopScope } from "#tests/factories/scopes.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { readOrder } from "../orders/read-order.ts";
import type { RefundItem } from "../payments/plan-refund.ts";
import { planParcelRefund, readParcelLeft } from "./plan-parcel-refund.ts";
import { readParcelRefunds } from "./read-parcel-refunds.ts";
import { refundParcel } from "./refund-parcel.ts";

let database: TestDatabase;
let payments: TestPayments;
beforeAll(async () => {
  database = await createTestDatabase();
  payments = await startTestPayments();
});
afterAll(async () => {
  await payments.close();
  await database.drop();
});

/** One parcel: two boxes at CNY 29.90 of two households and one of a third's; freight 8.00 or more. */
async function makeTwoLines() {
  const { db } = database;
  const cooperative = await makeCooperative(db);
  const home = () => makeHousehold(db, { cooperative });
  const lots = [
    { household: await home(), quantity: 1 },
    { household: await home(), quantity: 1 },
  ];
  const pooled = await makeListing(db, { lots });
  const own = await makeListing(db, { lots: [{ household: await home(), quantity: 5 }] });
  const items = [
    { listing: pooled, quantity: 2 },
    { listing: own, quantity: 1 },
  ];
  const order = await makePaidCheckout(db, payments, items);
  const [two, one] = order.lines;
  if (!two || !one) throw new Error("no lines");
  const { scope, parcelId } = two;
  const of = (asked: RefundItem[], freightFen = 0) =>
    ({ kind: "items", items: asked, freightFen }) as const;
  const plan = (asked: RefundItem[], freightFen = 0) =>
    planParcelRefund(db, scope, { parcelId, of: of(asked, freightFen) });
  const refund = (
    asked: RefundItem[],
    more: { seen?: string; note?: string; freightFen?: number },
  ) =>
    refundParcel(db, scope, {
      parcelId,
      of: of(asked, more.freightFen),
      clientKey: uuidv7(),
      ...more,
    });
  return { ...order, scope, parcelId, two: two.lineId, one: one.lineId, plan, refund };
}

describe("a refund of several lines", () => {
  test("takes units of one, an amount of another and some freight in one go, as it was shown", async () => {
    const { db } = database;
    const order = await makeTwoLines();
    const { two, one, parcelId, scope } = order;
    const asked = [
      { orderLineId: two, quantity: 1 },
      { orderLineId: one, fen: 500 },
    ];
    const shown = await order.plan(asked, 300);
    if (!shown?.ok) throw new Error(shown?.reason);
    expect(shown.fen).toBe(2_990 + 500 + 300);
    expect(await readParcelRefunds(db, scope, parcelId)).toEqual([]);

    const made = await order.refund(asked, { seen: shown.mark, note: "烂了一箱", freightFen: 300 });
    expect(made).toMatchObject({ ok: true, fen: 3_790 });
    await carryOutRefunds(db, payments, order.orderId);

    const [refund] = await readParcelRefunds(db, scope, parcelId);
    expect(refund).toMatchObject({ status: "succeeded", fen: 3_790, note: "烂了一箱" });
    expect(refund?.shares).toEqual(
      shown.parts.map(({ account, orderLineId, fen }) => ({ account, orderLineId, fen })),
    );
    const left = await readParcelLeft(db, scope, parcelId);
    expect(left?.lines).toEqual([
      { orderLineId: two, leftFen: 2_990, units: 1 },
      { orderLineId: one, leftFen: 2_490, units: 0 },
    ]);
    const told = await db.selectFrom("messages").select(["template", "params"]).execute();
    expect(told).toMatchObject([{ template: "refund.goods", params: { note: "烂了一箱" } }]);
  });

  test("is refused as a whole when one part of it is, and says which", async () => {
    const { two, one, plan } = await makeTwoLines();
    const good = { orderLineId: two, quantity: 1 };
    expect(await plan([good, { orderLineId: one, fen: 2_991 }])).toEqual({
      ok: false,
      reason: "more-than-left",
      leftFen: 2_990,
      item: 1,
    });
    for (const quantity of [0, -1, 0.5, 2 ** 53]) {
      expect(await plan([{ orderLineId: one, quantity }, good])).toMatchObject({
        reason: "not-an-amount",
        item: 0,
      });
    }
    const freight = await plan([good], 1_000_000);
    expect(freight).toMatchObject({ reason: "more-than-left" });
    expect(freight).not.toHaveProperty("item");
    expect(await plan([])).toMatchObject({ reason: "not-an-amount" });
    expect(await plan([{ orderLineId: uuidv7(), fen: 1 }])).toMatchObject({
      reason: "unknown-line",
    });
    await expect(plan([good, good])).rejects.toThrow(/twice/);
  });

  test("is not carried out when something else was given back since it was shown", async () => {
    const order = await makeTwoLines();
    const asked = [{ orderLineId: order.two, fen: 1_000 }];
    const shown = await order.plan(asked);
    const mark = shown?.ok ? shown.mark : "";
    // A colleague was faster, for the same apple.
    await order.refund(asked, { seen: mark });
    expect(await order.refund(asked, { seen: mark })).toEqual({
      ok: false,
      reason: "plan-changed",
    });
    const again = await order.plan(asked);
    expect(await order.refund(asked, { seen: again?.ok ? again.mark : "" })).toMatchObject({
      ok: true,
    });
  });

  test("shows the buyer line by line what came back, and leaves out no failure", async () => {
    const order = await makeTwoLines();
    const { two, one, orderId } = order;
    await order.refund([{ orderLineId: two, quantity: 1 }], { note: "压坏了" });
    await carryOutRefunds(database.db, refusingForGood(payments), orderId);
    await order.refund([{ orderLineId: one, fen: 100 }], { note: "少了一个", freightFen: 200 });
    const view = await readOrder(database.db, order.buyer, order.number);
    expect(view?.refunds).toMatchObject([
      { status: "failed", note: "压坏了", fen: 2_990 },
      { status: "requested", note: "少了一个", fen: 300 },
    ]);
    expect(view?.refunds[1]?.parts).toEqual([
      { orderLineId: one, cooperativeId: null, fen: 100 },
      { orderLineId: null, cooperativeId: order.scope.cooperativeId, fen: 200 },
    ]);
  });

  test("of another cooperative's parcel is neither shown, planned nor made", async () => {
    const { parcelId, refund, one } = await makeTwoLines();
    await refund([{ orderLineId: one, fen: 100 }], {});
    const { db } = database;
    const stranger = coopScope({ userId: "other", cooperativeId: uuidv7() });
    const of = { kind: "items", items: [{ orderLineId: one, fen: 1 }], freightFen: 0 } as const;
    expect(await readParcelRefunds(db, stranger, parcelId)).toEqual([]);
    expect(await readParcelLeft(db, stranger, parcelId)).toBeNull();
    expect(await planParcelRefund(db, stranger, { parcelId, of })).toBeNull();
    expect(await refundParcel(db, stranger, { parcelId, of, clientKey: "a" })).toMatchObject({
      reason: "parcel-not-found",
    });
  });
});
