import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { deliver } from "#tests/factories/claims.ts";
import { makeParted } from "#tests/factories/parted-parcel.ts";
import { openPayingMarket, type PayingMarket } from "#tests/setup/paying-market.ts";
import { buyAgain } from "../carts/buy-again.ts";
import { readAgain } from "../carts/read-again.ts";
import { findOwnLine } from "../orders/find-own-line.ts";
import { listOrders } from "../orders/list-orders.ts";
import { readDeliveredLines } from "../reviews/read-reviewable.ts";
import { writeReview } from "../reviews/write-review.ts";
import { acceptParcel } from "./accept-parcel.ts";
import { packParcel } from "./pack-parcel.ts";
import { barsOf, parcelNumber, readParcelNumber } from "./parcel-number-rule.ts";
import { judgeTracking } from "./tracking/judge-tracking.ts";
import { readTracking } from "./tracking/read-tracking.ts";

let market: PayingMarket;
let app: PayingMarket["app"];
let box: Awaited<ReturnType<typeof makeParted>>;
let restId: string;
beforeAll(async () => {
  market = await openPayingMarket();
  box = await makeParted(market);
  ({ app } = market);
  ({ restId } = box);
});
afterAll(() => market.drop());

test("a part is known by its order's number and its own, printed or in bars, and by nothing else", () => {
  const number = "TJ20261123000001";
  expect(parcelNumber(number, 1)).toBe(number);
  expect(parcelNumber(`${number}-3`, 2)).toBe(`${number}-2`);
  expect(barsOf(number)).toBe("20261123000001");
  expect(barsOf(`${number}-2`)).toBe("2026112300000102");
  for (const part of [number, `${number}-2`, `${number}-9`]) {
    expect(readParcelNumber(part)).toBe(part);
    expect(readParcelNumber(barsOf(part))).toBe(part);
  }
  for (const none of [`${number}-1`, `${number}-0`, `${number}-`, `${number}-100`, `${number}01`]) {
    expect(readParcelNumber(none), none).toBeNull();
  }
});

test("a table of tracking numbers names each part by its own number", async () => {
  await acceptParcel(app, box.scope, { parcelId: restId });
  await packParcel(app, box.scope, { parcelId: restId });
  const table = `订单号,快递公司,快递单号
${box.number}-2,顺丰,SF1111111111
${box.number},顺丰,SF2222222222
${box.number}-3,顺丰,SF3333333333`;
  const read = await readTracking(Buffer.from(table));
  if (!read.ok) throw new Error(read.reason);
  const judged = await judgeTracking(app, box.scope, read.rows);
  expect(judged.map(({ verdict, parcel }) => [verdict, parcel?.id])).toEqual([
    ["ship", restId],
    ["pack-first", box.parcelId],
    ["unknown-order", undefined],
  ]);
});

test("its buyer reads, buys again and reviews what she ordered as one, however it was sent", async () => {
  const { buyer, number } = box;
  const { orders } = await listOrders(app, buyer, 1);
  expect(orders[0]?.lines.map(({ quantity }) => quantity)).toEqual([4, 2]);
  expect((await readAgain(app, buyer, number)).map(({ ordered }) => ordered)).toEqual([4, 2]);
  expect(await buyAgain(app, buyer, number)).toEqual({ ok: true });
  const { rows } = await sql<{ quantity: number }>`select quantity from cart_items
    where listing_id = ${box.listing.id}`.execute(app);
  expect(rows).toEqual([{ quantity: 4 }]);
  await deliver(app, box.scope, restId);
  expect(await readDeliveredLines(app, buyer, [number])).toEqual([]);
  await deliver(app, box.scope, box.parcelId);
  const lines = await readDeliveredLines(app, buyer, [number]);
  expect(lines.map(({ lineId }) => lineId)).toEqual([box.apples.lineId, box.walnuts.lineId]);
  const { id: restLine } = await market.db
    .selectFrom("order_lines")
    .select("id")
    .where("parcel_id", "=", restId)
    .executeTakeFirstOrThrow();
  const review = { stars: 5, body: "好吃", photoIds: [], seenVersion: 0 };
  for (const [lineId, is] of [
    [restLine, { ok: false, reason: "not-delivered" }],
    [box.apples.lineId, { ok: true }],
  ] as const) {
    const scope = await findOwnLine(app, buyer, { number, lineId });
    if (!scope) throw new Error("no line");
    expect(await writeReview(app, scope, review)).toMatchObject(is);
  }
});
