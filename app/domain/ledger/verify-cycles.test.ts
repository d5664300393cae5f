import { type RawBuilder, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DAY_MS, makeCycle } from "#tests/factories/cycles.ts";
import { foundIn } from "#tests/factories/forge.ts";
import { makeCheckout, makePaidCheckout } from "#tests/factories/payments.ts";
import { makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { openPayingMarket, type PayingMarket } from "#tests/setup/paying-market.ts";
import { shanghaiDay } from "../calendar/day-rule.ts";
import { changeCycle } from "../cycles/change-cycle.ts";
import { callOffCycle, closeCycle } from "../cycles/end-cycle.ts";
import { acceptParcel } from "../parcels/accept-parcel.ts";
import { divideParcel } from "../parcels/divide-parcel.ts";
import { cancelOrder } from "../payments/cancel-order.ts";
import { verifyLedger } from "./verify-ledger.ts";

let market: PayingMarket;
/** An order in a cycle, one of it that is sent in two parts, and one sold at any time. */
let ids: { order: string; parted: string; plain: string };
/** Its cycle, another of its cooperative with its other listing, and another cooperative's. */
let cycles: { own: string; other: string; strange: string };
beforeAll(async () => {
  market = await openPayingMarket();
  const { db, payments } = market;
  const listing = await makeListing(db);
  const { cooperativeId } = listing;
  const cooperative = { id: cooperativeId, regionCode: "513423" };
  const lots = [{ household: await makeHousehold(db, { cooperative }), quantity: 10 }];
  const [second, third] = [await makeListing(db, { lots }), await makeListing(db, { lots })];
  const plain = await makePaidCheckout(db, payments, [{ listing: third, quantity: 1 }]);
  const own = await makeCycle(db, [listing]);
  // As if it had been planned an hour ago, when it opened.
  await sql`update cycle_listings set created_at = now() - interval '1 hour'`.execute(db);
  const other = await makeCycle(db, [second]);
  const strange = await makeCycle(db, [await makeListing(db)]);
  const order = await makePaidCheckout(db, payments, [{ listing, quantity: 1 }]);
  const parted = await makePaidCheckout(db, payments, [{ listing, quantity: 3 }]);
  const [line] = parted.lines;
  if (!line) throw new Error("no line");
  const { scope, parcelId, lineId: orderLineId } = line;
  await acceptParcel(db, scope, { parcelId });
  const later = {
    ...{ later: [{ orderLineId, units: 1 }], shownUnits: 3, clientKey: uuidv7() },
    ...{ reason: "not-harvested" as const, promisedOn: shanghaiDay(new Date()) },
  };
  expect(await divideParcel(db, scope, { parcelId, ...later })).toMatchObject({ ok: true });
  ids = { order: order.orderId, parted: parted.orderId, plain: plain.orderId };
  cycles = { own: own.id, other: other.id, strange: strange.id };
}, 60_000);
afterAll(() => market.drop());

const found = (...forgeries: RawBuilder<unknown>[]) => foundIn(market.db, forgeries);
const lineOf = (orderId: string) => sql`order_id = ${orderId} and split_from_id is null`;
const says = (orderId: string, cycleId: string | null) =>
  sql`update order_lines set cycle_id = ${cycleId}::uuid where ${lineOf(orderId)}`;

test("what is sold in cycles, in parts too, differs in nothing", async () => {
  expect((await verifyLedger(market.db)).differences).toEqual([]);
});

test("every forging of what a line's cycle was is named", async () => {
  const { own, other, strange } = cycles;
  const { order, parted, plain } = ids;
  const faultOf = async (orderId: string, ...forgeries: RawBuilder<unknown>[]) =>
    (await found(...forgeries)).flatMap((each) =>
      each.kind === "cycle-differs" && each.orderId === orderId ? each.fault : [],
    );
  expect(await faultOf(order, says(order, uuidv7()))).toEqual(["another-cooperative"]);
  expect(await faultOf(order, says(order, strange))).toEqual(["another-cooperative"]);
  expect(await faultOf(order, says(order, other))).toEqual(["not-offered"]);
  expect(await faultOf(order, says(order, null))).toEqual(["not-said"]);
  expect(await faultOf(plain, says(plain, own))).toEqual(["not-offered"]);
  const shipsLater = sql`update order_lines set ships_from = ships_from + 1
    where ${lineOf(order)}`;
  expect(await faultOf(order, shipsLater)).toEqual(["ships-otherwise"]);
  for (const days of [-1, 1]) {
    const orderedThen = sql`update orders set created_at = created_at + ${days} * interval '1 day'
      where id = ${order}`;
    expect(await faultOf(order, orderedThen)).toEqual(["not-open"]);
  }
  const dropped = sql`delete from cycle_listings where cycle_id = ${own}`;
  expect(await faultOf(order, dropped)).toEqual(["not-offered"]);
  const offBefore = [
    sql`update order_cycles set called_off_at = opens_at where id = ${own}`,
    sql`update cycle_listings set is_off = true where cycle_id = ${own}`,
  ];
  expect(await faultOf(order, ...offBefore)).toEqual(["called-off"]);
  const restOnly = sql`update order_lines set cycle_id = null
    where order_id = ${parted} and split_from_id is not null`;
  expect(await faultOf(parted, restOnly)).toEqual(["not-its-part"]);
});

test("so is what is sold at another time than its cycle, or called off without it", async () => {
  const cycleId = cycles.own;
  const named = [{ kind: "cycle-window-differs", cycleId }];
  const forged = (set: RawBuilder<unknown>) =>
    found(sql`update cycle_listings set ${set} where cycle_id = ${cycleId}`);
  expect(await forged(sql`closes_at = closes_at + interval '1 second'`)).toEqual(named);
  expect(await forged(sql`opens_at = opens_at - interval '1 second'`)).toEqual(named);
  expect(await forged(sql`is_off = true`)).toEqual(expect.arrayContaining(named));
  const moved = sql`update order_cycles set closes_at = closes_at + interval '1 day'
    where id = ${cycleId}`;
  expect(await found(moved)).toEqual(named);
  const given = sql`update order_cycles set cooperative_id = ${uuidv7()} where id = ${cycleId}`;
  expect(await found(given)).toEqual(expect.arrayContaining(named));
});

test("a cycle that is changed, closed or called off after its orders have ended differs in nothing", async () => {
  const { db, payments } = market;
  const listing = await makeListing(db);
  const household = await makeHousehold(db, {
    cooperative: { id: listing.cooperativeId, regionCode: "513423" },
  });
  const rest = await makeListing(db, { lots: [{ household, quantity: 9 }] });
  const cycle = await makeCycle(db, [listing, rest]);
  const buy = () => makePaidCheckout(db, payments, [{ listing, quantity: 1 }]);
  const unpaid = await makeCheckout(db, payments, [{ listing, quantity: 1 }]);
  for (const { number, buyer } of [await buy(), unpaid]) {
    const input = { number, withRefund: true };
    expect(await cancelOrder(db, payments.gateway, buyer, input)).toMatchObject({ ok: true });
  }
  const { id: cycleId, scope, plan } = cycle;
  const shipsOn = shanghaiDay(new Date(Date.now() + 5 * DAY_MS));
  const less = { ...plan, shipsOn, listingIds: [rest.id] };
  const changed = await changeCycle(db, scope, { cycleId, plan: less, revision: 1 });
  expect(changed).toEqual({ ok: true, isChanged: true });
  expect(await closeCycle(db, scope, { cycleId })).toMatchObject({ ok: true });
  expect(await callOffCycle(db, scope, { cycleId })).toMatchObject({ ok: true });
  expect((await verifyLedger(db)).differences).toEqual([]);
});
