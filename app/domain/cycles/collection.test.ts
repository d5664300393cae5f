import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeCycle, planOf, SHUHE } from "#tests/factories/cycles.ts";
import { makeCheckout, makePaidCheckout } from "#tests/factories/payments.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { scopeOf } from "#tests/factories/scopes.ts";
import { raceBehind } from "#tests/setup/barrier.ts";
import { openPayingMarket, type PayingMarket } from "#tests/setup/paying-market.ts";
import { cancelParcel } from "../parcels/cancel-parcel.ts";
import { refundParcel } from "../parcels/refund-parcel.ts";
import { sayShort } from "../parcels/say-short.ts";
import { changeCycle } from "./change-cycle.ts";
import { SETTLES_AFTER_MS } from "./cycle-rules.ts";
import { closeCycle } from "./end-cycle.ts";
import { readBringing, readSelling } from "./read-bringing.ts";
import { readCycle } from "./read-cycles.ts";
import { readRun } from "./read-run.ts";
import { tellCollectionNow, tellCollections } from "./tell-collection.ts";

let market: PayingMarket;
beforeAll(async () => {
  market = await openPayingMarket();
}, 60_000);
afterAll(() => market.drop());

const HOUR_MS = 3_600_000;
const later = (at: Date, ms: number) => new Date(at.getTime() + ms);

/** Two households, one with a listing of its own, both in a pooled one, in an open cycle. */
async function openMarket(tellsIdle = false) {
  const cooperative = await makeCooperative(market.db);
  const first = await makeHousehold(market.db, { cooperative });
  const second = await makeHousehold(market.db, { cooperative });
  const own = await makeListing(market.db, { lots: [{ household: first, quantity: 9 }] });
  const pooled = await makeListing(market.db, {
    titleZh: "盐源核桃",
    lots: [
      { household: first, quantity: 2, harvestedOn: "2026-10-01" },
      { household: second, quantity: 7, harvestedOn: "2026-10-02" },
    ],
  });
  const cycle = await makeCycle(market.db, [own, pooled], { tellsIdle });
  const buy = (listing: typeof own, quantity: number) =>
    makePaidCheckout(market.db, market.payments, [{ listing, quantity }]);
  const close = () => closeCycle(market.db, cycle.scope, { cycleId: cycle.id });
  return { cooperative, first, second, own, pooled, cycle, buy, close };
}
type Open = Awaited<ReturnType<typeof openMarket>>;

/** Who brings how much of what, by the run and by each household's own page. */
async function broughtIn({ cycle, first, second, own, pooled }: Open) {
  const villages = (await readRun(market.db, cycle.scope, cycle.id)) ?? [];
  const homes = villages.flatMap(({ households }) => households);
  const ofHome = async (home: Open["first"]) => {
    const inRun = homes.find(({ householdId }) => householdId === home.id)?.goods ?? [];
    const [mine] = await readBringing(market.db, scopeOf(home));
    const quantities = (goods: typeof inRun) =>
      [own, pooled].map(({ id }) => goods.find((each) => each.listingId === id)?.quantity ?? 0);
    expect(quantities(mine?.goods ?? [])).toEqual(quantities(inRun));
    return quantities(inRun);
  };
  return [await ofHome(first), await ofHome(second)];
}

/** What a household was sent, oldest first: the template and what it says. */
async function messagesTo({ id }: Open["first"]) {
  const rows = await market.db
    .selectFrom("messages")
    .select(["template", "params"])
    .where("household_id", "=", id)
    .where("template", "like", "collection.%")
    .orderBy("id")
    .execute();
  return rows.map(({ template, params }) => ({ template, ...(params as object) }));
}

const settledAt = () => later(new Date(), SETTLES_AFTER_MS + 1_000);

test("the run is what was paid, lot by lot, and what is only ordered is not in it", async () => {
  const open = await openMarket();
  const { buy, own, pooled, cycle } = open;
  await buy(own, 3);
  await buy(pooled, 4);
  await makeCheckout(market.db, market.payments, [{ listing: own, quantity: 1 }]);
  expect(await broughtIn(open)).toEqual([
    [3, 2],
    [0, 2],
  ]);
  expect(await readCycle(market.db, cycle.scope, cycle.id)).toMatchObject({ paid: 2, unpaid: 1 });
  const [village] = (await readRun(market.db, cycle.scope, cycle.id)) ?? [];
  expect(village).toMatchObject({
    ...{ villageZh: "树河镇", grams: 7 * 2_500 },
    meeting: { place: SHUHE.place, fromMinute: 480, collectsOn: cycle.plan.collectsOn },
  });
});

test("what is called off, given back whole or said to be short leaves the run", async () => {
  const open = await openMarket();
  const { buy, own, pooled } = open;
  const [off, back, short] = [await buy(own, 1), await buy(pooled, 2), await buy(own, 4)];
  const [cancelled, refunded, lacking] = [off.lines[0], back.lines[0], short.lines[0]];
  if (!cancelled || !refunded || !lacking) throw new Error("three lines");
  expect(await broughtIn(open)).toEqual([
    [5, 2],
    [0, 0],
  ]);
  const { db } = market;
  await cancelParcel(db, cancelled.scope, { parcelId: cancelled.parcelId, reason: "冰雹" });
  const part = { kind: "quantity", orderLineId: refunded.lineId, quantity: 1 } as const;
  const { parcelId, scope } = refunded;
  await refundParcel(db, scope, { parcelId, of: part, clientKey: uuidv7() });
  // A buyer who is given something of it back still gets all of it.
  expect((await broughtIn(open))[0]).toEqual([4, 2]);
  const rest = { kind: "line", orderLineId: refunded.lineId } as const;
  await refundParcel(db, scope, { parcelId, of: rest, clientKey: uuidv7() });
  const said = await sayShort(db, lacking.scope, {
    ...{ parcelId: lacking.parcelId, orderLineId: lacking.lineId, quantity: 3 },
    ...{ reason: "spoiled", clientKey: uuidv7() },
  });
  expect(said).toMatchObject({ ok: true });
  expect(await broughtIn(open)).toEqual([
    [1, 0],
    [0, 0],
  ]);
});

test("each household is told once what to bring, and those who bring nothing are left alone", async () => {
  const open = await openMarket();
  const { buy, own, cycle, close, first, second } = open;
  await buy(own, 3);
  expect(await tellCollections(market.db, settledAt())).toMatchObject({ households: 0 });
  const now = () => tellCollectionNow(market.db, cycle.scope, { cycleId: cycle.id });
  expect(await now()).toMatchObject({ reason: "not-closed" });
  await close();
  // The last order may still be paid.
  await tellCollections(market.db);
  expect(await messagesTo(first)).toEqual([]);
  const lock = sql`select from order_cycles where id = ${cycle.id} for update`;
  const tell = () => tellCollections(market.db, settledAt());
  const told = await raceBehind(market.db, lock, 2, [tell, tell]);
  expect(told.map(({ households }) => households).toSorted()).toEqual([0, 1]);
  expect(await messagesTo(first)).toEqual([
    {
      ...{ template: "collection.bring", goods: "盐源苹果×3（7.5 kg）", place: SHUHE.place },
      when: `${cycle.plan.collectsOn} 480 600`,
    },
  ]);
  expect(await messagesTo(second)).toEqual([]);
  expect(await now()).toEqual({ ok: true, households: 0 });
});

test("those who sold nothing are told so where the manager chose it", async () => {
  const { buy, own, close, second } = await openMarket(true);
  await buy(own, 1);
  await close();
  await tellCollections(market.db, settledAt());
  await tellCollections(market.db, later(settledAt(), 2 * HOUR_MS));
  expect(await messagesTo(second)).toMatchObject([{ template: "collection.nothing" }]);
});

test("what changes after it was told is told as the difference, together, and to nobody else", async () => {
  const { buy, own, pooled, close, first, second } = await openMarket();
  const [, one, two] = [await buy(own, 2), await buy(own, 3), await buy(pooled, 3)];
  await close();
  const told = settledAt();
  await tellCollections(market.db, told);
  const [line] = one.lines;
  if (!line) throw new Error("it has a line");
  await cancelParcel(market.db, line.scope, { parcelId: line.parcelId, reason: "冰雹" });
  await tellCollections(market.db, later(told, HOUR_MS / 2));
  expect(await messagesTo(first)).toHaveLength(1);
  await tellCollections(market.db, later(told, HOUR_MS));
  await tellCollections(market.db, later(told, 3 * HOUR_MS));
  expect((await messagesTo(first)).slice(1)).toMatchObject([
    {
      ...{ template: "collection.changed", changes: "盐源苹果×5→×2" },
      goods: "盐源核桃×2（5 kg）、盐源苹果×2（5 kg）",
    },
  ]);
  expect(await messagesTo(second)).toHaveLength(1);
  const [walnuts] = two.lines;
  if (!walnuts) throw new Error("it has a line");
  await cancelParcel(market.db, walnuts.scope, { parcelId: walnuts.parcelId, reason: "冰雹" });
  await tellCollections(market.db, later(told, 4 * HOUR_MS));
  expect((await messagesTo(second)).at(-1)).toMatchObject({ template: "collection.off" });
});

test("another place is told to those who bring something, at once when the manager asks", async () => {
  const { buy, own, close, cycle, first, second } = await openMarket();
  await buy(own, 1);
  await close();
  await tellCollections(market.db, settledAt());
  const read = await readCycle(market.db, cycle.scope, cycle.id);
  const plan = {
    ...{ ...planOf([], {}), ...cycle.plan, closesAt: read?.closesAt ?? new Date() },
    places: [{ ...SHUHE, place: "小学操场", fromMinute: 840, untilMinute: 960 }],
  };
  const input = { cycleId: cycle.id, plan, revision: read?.revision ?? 0 };
  expect(await changeCycle(market.db, cycle.scope, input)).toMatchObject({ ok: true });
  const now = { cycleId: cycle.id };
  const both = await Promise.all([1, 2].map(() => tellCollectionNow(market.db, cycle.scope, now)));
  expect(both.map((each) => each.ok && each.households).toSorted()).toEqual([0, 1]);
  expect((await messagesTo(first)).at(-1)).toMatchObject({
    ...{ template: "collection.moved", place: "小学操场" },
    when: `${cycle.plan.collectsOn} 840 960`,
  });
  expect(await messagesTo(second)).toEqual([]);
});

test("nobody is told of a change once her hours are over", async () => {
  const { buy, own, close, cycle, first } = await openMarket();
  const { lines } = await buy(own, 1);
  await close();
  await tellCollections(market.db, settledAt());
  const over = new Date(`${cycle.plan.collectsOn}T10:00:00+08:00`);
  const [line] = lines;
  if (!line) throw new Error("it has a line");
  await cancelParcel(market.db, line.scope, { parcelId: line.parcelId, reason: "冰雹" });
  await tellCollections(market.db, over);
  expect(await messagesTo(first)).toHaveLength(1);
});

test("a run and what a household brings are nobody else's to read", async () => {
  const open = await openMarket();
  await open.buy(open.own, 1);
  const other = await openMarket();
  expect(await readRun(market.db, other.cycle.scope, open.cycle.id)).toBeNull();
  expect(await readBringing(market.db, scopeOf(other.first))).toEqual([]);
  const told = tellCollectionNow(market.db, other.cycle.scope, { cycleId: open.cycle.id });
  expect(await told).toMatchObject({ reason: "cycle-unknown" });
  expect(await readSelling(market.db, scopeOf(open.second))).toMatchObject([
    { cycleId: open.cycle.id, titles: [{ zh: "盐源核桃" }] },
  ]);
});
