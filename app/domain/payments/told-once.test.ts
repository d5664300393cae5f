import { beforeEach, describe, expect, test } from "vitest";
import { giveByHand } from "#tests/factories/transfers.ts";
import { openTwoBoxesMarket, type TwoBoxesMarket } from "#tests/setup/two-boxes-market.ts";
import { cancelParcel } from "../parcels/cancel-parcel.ts";
import { refundPayment } from "./refund-payment.ts";

let market: TwoBoxesMarket["market"];
let boxes: TwoBoxesMarket["boxes"];
beforeEach(async () => {
  const opened = await openTwoBoxesMarket();
  ({ market, boxes } = opened);
  return opened.close;
});

/** A box and its freight. */
const PARCEL = 3_790;
const told = async () => {
  const all = market.db.selectFrom("messages").select(["template", "params"]).orderBy("id");
  const rows = await all.where("template", "like", "refund.%").execute();
  return rows.map(({ template, params }) => `${template} ${(params as { fen: number }).fen}`);
};
const givenFen = async () => {
  const { data } = await market.payments.stripe.refunds.list({ limit: 9 });
  return data.reduce((sum, { amount }) => sum + amount, 0);
};

/** Stripe has too little on our balance just now. */
async function refuse(): Promise<void> {
  const answer = { ok: false, reason: "refund-refused", code: "balance_insufficient" } as const;
  const gateway = { ...market.payments.gateway, refund: async () => answer };
  const asked = market.db.selectFrom("refunds").select("id").where("status", "=", "requested");
  for (const { id } of await asked.execute()) {
    await refundPayment(market.db, gateway, { refundId: id });
  }
}

async function callOff(): Promise<void> {
  const { scope, parcelId } = boxes.lineOf();
  const off = await cancelParcel(market.db, scope, { parcelId, reason: "hail" });
  expect(off).toMatchObject({ ok: true });
}

describe("a buyer is told of each fen that comes back to her once", () => {
  test("when a part of what she was told of is given by hand, and Stripe gives the rest", async () => {
    await callOff();
    await refuse();
    await giveByHand(market, boxes.order.orderId, 2_000);
    await boxes.carryOut();
    expect(await givenFen()).toBe(PARCEL);
    expect(await told()).toEqual([`refund.cancelled-by-cooperative ${PARCEL}`]);
  });

  test("when more is given by hand than she was told of", async () => {
    await callOff();
    await refuse();
    await giveByHand(market, boxes.order.orderId, PARCEL + 500);
    await boxes.carryOut();
    expect(await givenFen()).toBe(PARCEL + 500);
    expect(await told()).toEqual([
      `refund.cancelled-by-cooperative ${PARCEL}`,
      "refund.by-hand 500",
    ]);
  });

  test("when what is given by hand is a part of something that she was not told of", async () => {
    await boxes.ask(1_000);
    await refuse();
    await giveByHand(market, boxes.order.orderId, 400);
    await boxes.carryOut();
    expect(await givenFen()).toBe(1_000);
    expect(await told()).toEqual(["refund.by-hand 400", "refund.goods 600"]);
  });

  test("when her bank gives a part of it: that this is no more, and nothing of the rest", async () => {
    await callOff();
    await refuse();
    await boxes.dispute(2_000, "lost");
    await boxes.carryOut();
    expect(await givenFen()).toBe(PARCEL - 2_000);
    expect(await told()).toEqual([
      `refund.cancelled-by-cooperative ${PARCEL}`,
      "refund.by-bank 2000",
    ]);
  });

  test("and told that a rest which she counts on did not arrive", async () => {
    await callOff();
    await refuse();
    await giveByHand(market, boxes.order.orderId, 2_000);
    await boxes.carryOut();
    const rest = market.db
      .selectFrom("refunds")
      .select("id")
      .where("fen", "=", PARCEL - 2_000);
    await boxes.fail((await rest.executeTakeFirstOrThrow()).id);
    expect((await told()).at(-1)).toBe(`refund.not-arrived ${PARCEL - 2_000}`);
  });
});
