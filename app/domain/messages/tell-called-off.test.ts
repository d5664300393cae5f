import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makePaidCheckout } from "#tests/factories/payments.ts";
import { type MadeHousehold, makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { waitUntilBlocked } from "#tests/setup/barrier.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { acceptParcel } from "../parcels/accept-parcel.ts";
import { cancelParcel } from "../parcels/cancel-parcel.ts";
import { packParcel } from "../parcels/pack-parcel.ts";
import { refundParcel } from "../parcels/refund-parcel.ts";
import { cancelOrder } from "../payments/cancel-order.ts";
import { refundPayment } from "../payments/refund-payment.ts";
import { tellCalledOff } from "./tell-called-off.ts";
import { tellSales } from "./tell-sales.ts";

const MINUTE_MS = 60_000;
/** What a box of CNY 29.90 leaves a household after a fee of 6 %. */
const BOX = 2_811;
let market: TestDatabase;
let payments: TestPayments;
beforeAll(async () => {
  [market, payments] = await Promise.all([createTestDatabase(), startTestPayments()]);
});
afterAll(async () => {
  await payments.close();
  await market.drop();
});

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * MINUTE_MS);
const tellAll = async (now: Date) => {
  await tellSales(market.db, now);
  await tellCalledOff(market.db, now);
};
const toldTo = async ({ id }: MadeHousehold) =>
  market.db
    .selectFrom("messages")
    .select(["template", "params"])
    .where("household_id", "=", id)
    .orderBy("id")
    .execute();

async function makeStall() {
  const household = await makeHousehold(market.db, {
    cooperative: await makeCooperative(market.db),
  });
  const listing = await makeListing(market.db, { lots: [{ household, quantity: 9 }] });
  const sell = async (quantity: number) => {
    const sold = await makePaidCheckout(market.db, payments, [{ listing, quantity }]);
    const [line] = sold.lines;
    if (!line) throw new Error("the order has a line");
    return { ...sold, line };
  };
  return { household, listing, sell };
}

type Sold = Awaited<ReturnType<Awaited<ReturnType<typeof makeStall>>["sell"]>>;
const callOff = ({ line }: Sold, lost: { orderLineId: string; reason: "spoiled" }[] = []) =>
  cancelParcel(market.db, line.scope, { parcelId: line.parcelId, reason: "hail", lost });
const titleOf = async ({ id }: { id: string }) =>
  (
    await market.db
      .selectFrom("listings")
      .select("title_zh")
      .where("id", "=", id)
      .executeTakeFirstOrThrow()
  ).title_zh;

/** A Stripe that gives nothing back for now. */
const isPoor = () => ({
  ...payments.gateway,
  refund: async () =>
    ({ ok: false, reason: "refund-refused", code: "balance_insufficient" }) as const,
});
const refundOf = ({ orderId }: Sold) =>
  market.db
    .selectFrom("refunds")
    .select("id")
    .where("order_id", "=", orderId)
    .executeTakeFirstOrThrow();

test("what its buyer cancelled is never told as sold, though Stripe has yet to refund it", async () => {
  const { household, sell } = await makeStall();
  const order = await sell(2);
  const answer = { number: order.number, withRefund: true };
  await cancelOrder(market.db, payments.gateway, order.buyer, answer);
  const { id: refundId } = await refundOf(order);
  await refundPayment(market.db, isPoor(), { refundId });
  await tellAll(inMinutes(6));
  await refundPayment(market.db, payments.gateway, { refundId });
  await tellAll(inMinutes(120));
  expect(await toldTo(household)).toEqual([]);
});

test("of what is asked back in part the rest alone is told", async () => {
  const { household, sell } = await makeStall();
  const { line } = await sell(2);
  const of = { kind: "quantity", orderLineId: line.lineId, quantity: 1 } as const;
  const asked = { parcelId: line.parcelId, of, clientKey: "half-of-it" };
  expect(await refundParcel(market.db, line.scope, asked)).toMatchObject({ ok: true });
  await tellAll(inMinutes(6));
  expect(await toldTo(household)).toEqual([
    { template: "sale.bundle", params: { count: 1, fen: BOX } },
  ]);
});

test("who was told of sales that are called off then is told once that they need not come", async () => {
  const { household, listing, sell } = await makeStall();
  const [one, other] = [await sell(1), await sell(2), await sell(1)];
  await tellAll(inMinutes(6));
  await callOff(one, [{ orderLineId: one.line.lineId, reason: "spoiled" }]);
  await acceptParcel(market.db, other.line.scope, { parcelId: other.line.parcelId });
  await callOff(other);
  await tellAll(inMinutes(4));
  await tellAll(inMinutes(7));
  await tellAll(inMinutes(70));
  expect((await toldTo(household)).filter(({ template }) => template.startsWith("sale"))).toEqual([
    { template: "sale.bundle", params: { count: 3, fen: 4 * BOX } },
    { template: "sale.called-off", params: { count: 2, goods: `${await titleOf(listing)}×3` } },
  ]);
});

test("what is packed was brought: calling it off tells its household nothing", async () => {
  const { household, sell } = await makeStall();
  const { line, ...order } = await sell(1);
  await tellAll(inMinutes(6));
  const { parcelId } = line;
  await acceptParcel(market.db, line.scope, { parcelId });
  expect(await packParcel(market.db, line.scope, { parcelId })).toMatchObject({ ok: true });
  await callOff({ line, ...order });
  await tellAll(inMinutes(20));
  expect(await toldTo(household)).toHaveLength(1);
});

test("a sale called off while its household is told of it is told as called off too", async () => {
  const { household, sell } = await makeStall();
  const order = await sell(1);
  let telling: Promise<unknown> = Promise.resolve();
  let off: Promise<unknown> = Promise.resolve();
  await market.db.transaction().execute(async (trx) => {
    // Whoever tells stands behind this, with its untold sales locked and read.
    await sql`lock table told_sales in share row exclusive mode`.execute(trx);
    telling = tellSales(market.db, inMinutes(6));
    telling.catch(() => {});
    await waitUntilBlocked(market.db, 1);
    off = callOff(order);
    off.catch(() => {});
    await waitUntilBlocked(market.db, 2);
  });
  await Promise.all([telling, off]);
  await tellAll(inMinutes(8));
  expect((await toldTo(household)).map(({ template }) => template)).toEqual([
    "sale.bundle",
    "sale.called-off",
  ]);
});
