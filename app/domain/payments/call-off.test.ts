import { beforeEach, expect, test } from "vitest";
import { settleDisputed } from "#tests/factories/disputes.ts";
import { booksOf, standingOf } from "#tests/factories/look.ts";
import { carryOutRefunds, makePaidCheckout } from "#tests/factories/payments.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { openPayingMarket, type PayingMarket } from "#tests/setup/paying-market.ts";
import { cancelParcel } from "../parcels/cancel-parcel.ts";

let market: PayingMarket;
beforeEach(async () => {
  market = await openPayingMarket();
  return () => market.drop();
});

test("a parcel called off when the buyer has all her money takes its share back all the same", async () => {
  const { db, payments } = market;
  const items = [
    { listing: await makeListing(db), quantity: 1 },
    { listing: await makeListing(db), quantity: 1 },
  ];
  const { orderId, totalFen, lines } = await makePaidCheckout(db, payments, items);
  const fen = totalFen / 2;
  await settleDisputed(db, payments, { orderId, fen, status: "lost", id: "dp_1" });
  const callOff = async (index: number) => {
    const line = lines[index];
    if (!line) throw new Error("no such parcel");
    const asked = { parcelId: line.parcelId, reason: "霜冻" };
    expect(await cancelParcel(db, line.scope, asked)).toMatchObject({ ok: true, isNew: true });
  };
  await callOff(0);
  expect(await booksOf(db)).toMatchObject({ "dispute-loss:market": fen });
  await callOff(1);
  expect(await booksOf(db)).not.toHaveProperty("dispute-loss:market");
  await carryOutRefunds(db, payments, orderId);
  expect(await booksOf(db)).toEqual({});
  expect(await standingOf(db, orderId)).toMatchObject({ status: "refunded", refunds: [{ fen }] });
});
