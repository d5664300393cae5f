import { afterAll, beforeAll, expect, test } from "vitest";
import { makePaidOrder } from "#tests/factories/paid-orders.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { coopScope } from "#tests/factories/scopes.ts";
import { waitUntilBlocked } from "#tests/setup/barrier.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { acceptParcel } from "./accept-parcel.ts";
import { countParcels } from "./count-parcels.ts";
import { countTicked } from "./count-ticked.ts";
import { listParcels } from "./list-parcels.ts";
import { packParcel } from "./pack-parcel.ts";
import { filterQuery, readFilter } from "./parcel-filter.ts";
import { byHousehold, readHarvest } from "./read-harvest.ts";
import { readLastStep, readTicks } from "./read-ticks.ts";
import { shipParcel } from "./ship-parcel.ts";
import { tickLines } from "./tick-lines.ts";

let market: TestDatabase;
beforeAll(async () => {
  market = await createTestDatabase();
});
afterAll(() => market.drop());

async function makeCoop() {
  const cooperative = await makeCooperative(market.db);
  const home = await makeHousehold(market.db, { cooperative });
  const of = (userId: string) => coopScope({ userId, cooperativeId: cooperative.id });
  return { cooperative, home, li: of("packer-li"), wu: of("packer-wu") };
}

/** A parcel of as many lines, each of a listing of its own. */
async function makeParcel({ home }: Awaited<ReturnType<typeof makeCoop>>, lines: number) {
  const order = await makePaidOrder(market.db, [[home]]);
  const [parcel] = order.parcels;
  if (!parcel) throw new Error("no parcel was made");
  const ids = [parcel.lineId];
  const first = await market.db
    .selectFrom("order_lines")
    .selectAll()
    .where("id", "=", parcel.lineId)
    .executeTakeFirstOrThrow();
  while (ids.length < lines) {
    const { id: listing_id } = await makeListing(market.db, {
      lots: [{ household: home, quantity: 3 }],
    });
    const id = crypto.randomUUID();
    await market.db
      .insertInto("order_lines")
      .values({ ...first, id, listing_id })
      .execute();
    ids.push(id);
  }
  return { order, parcelId: parcel.id, lines: ids };
}

const namesOf = async (scope: ReturnType<typeof coopScope>, parcelId: string) =>
  (await readTicks(market.db, scope, [parcelId])).map(({ orderLineId }) => orderLineId).sort();

test("two who tick one parcel from pages of the same moment keep each other's ticks", async () => {
  const coop = await makeCoop();
  const { parcelId, lines } = await makeParcel(coop, 3);
  const [a = "", b = "", c = ""] = lines;
  await tickLines(market.db, coop.li, { parcelId, shown: [], ticked: [a] });
  // She opened the page before, and it shows nothing ticked.
  await tickLines(market.db, coop.wu, { parcelId, shown: [], ticked: [b] });
  expect(await namesOf(coop.wu, parcelId)).toEqual([a, b].sort());
  // A page that shows both takes one back; another's tick of meanwhile stays.
  await tickLines(market.db, coop.wu, { parcelId, shown: [a, b], ticked: [a, b, c] });
  await tickLines(market.db, coop.li, { parcelId, shown: [a, b], ticked: [b] });
  expect(await namesOf(coop.li, parcelId)).toEqual([b, c].sort());
  // What a colleague has taken back is not ticked again by a page that showed it.
  await tickLines(market.db, coop.wu, { parcelId, shown: [a, b, c], ticked: [a, b, c] });
  expect(await namesOf(coop.li, parcelId)).toEqual([b, c].sort());
});

test("of two who tick the same line the first stays, and the second reads who it was", async () => {
  const coop = await makeCoop();
  const { parcelId, lines } = await makeParcel(coop, 1);
  await market.db
    .insertInto("cooperative_members")
    .values({
      ...{ id: crypto.randomUUID(), cooperative_id: coop.li.cooperativeId },
      ...{ user_id: coop.li.userId, role: "packer", name: "李装箱" },
    })
    .execute();
  await tickLines(market.db, coop.li, { parcelId, shown: [], ticked: lines });
  await tickLines(market.db, coop.wu, { parcelId, shown: [], ticked: lines });
  expect(await readTicks(market.db, coop.wu, [parcelId])).toMatchObject([
    { byMe: false, name: "李装箱" },
  ]);
  expect(await readTicks(market.db, coop.li, [parcelId])).toMatchObject([{ byMe: true }]);
});

test("what is short altogether does not count, ticked before or not", () => {
  const lines = [
    { id: "a", toSend: 2 },
    { id: "b", toSend: 0 },
    { id: "c", toSend: 1 },
  ];
  const ticks = ["a", "b", "of-another"].map((orderLineId) => ({ orderLineId }));
  expect(countTicked(lines, ticks)).toEqual({ ticked: 1, all: 2 });
});

test("nobody ticks a closed box, not even while a colleague closes it", async () => {
  const coop = await makeCoop();
  const { parcelId, lines } = await makeParcel(coop, 1);
  await acceptParcel(market.db, coop.li, { parcelId });
  const closing = await market.db.startTransaction().execute();
  await closing
    .updateTable("orders")
    .set({ updated_at: new Date() })
    .where("id", "in", (eb) =>
      eb.selectFrom("parcels").select("order_id").where("id", "=", parcelId),
    )
    .execute();
  await closing
    .updateTable("parcels")
    .set({ status: "packed" })
    .where("id", "=", parcelId)
    .execute();
  const ticking = tickLines(market.db, coop.wu, { parcelId, shown: [], ticked: lines });
  await waitUntilBlocked(market.db, 1);
  await closing.commit().execute();
  expect(await ticking).toEqual({ ok: false, reason: "packed-already" });
  expect(await namesOf(coop.li, parcelId)).toEqual([]);
});

test("another cooperative ticks nothing and reads no tick", async () => {
  const [coop, other] = [await makeCoop(), await makeCoop()];
  const { parcelId, lines } = await makeParcel(coop, 1);
  const asked = { parcelId, shown: [], ticked: lines };
  expect(await tickLines(market.db, other.li, asked)).toEqual({
    ok: false,
    reason: "parcel-not-found",
  });
  await tickLines(market.db, coop.li, asked);
  expect(await readTicks(market.db, other.li, [parcelId])).toEqual([]);
  expect(await readLastStep(market.db, other.li, parcelId)).toBeNull();
  // Nor does a line of another parcel become hers.
  const mine = await makeParcel(other, 1);
  await tickLines(market.db, other.li, { parcelId: mine.parcelId, shown: lines, ticked: lines });
  await tickLines(market.db, other.li, { parcelId: mine.parcelId, shown: lines, ticked: [] });
  expect(await namesOf(coop.li, parcelId)).toEqual(lines);
});

test("whoever is second reads who took the step", async () => {
  const coop = await makeCoop();
  const { parcelId, order } = await makeParcel(coop, 1);
  await acceptParcel(market.db, coop.li, { parcelId });
  await packParcel(market.db, coop.li, { parcelId });
  expect(await packParcel(market.db, coop.wu, { parcelId })).toMatchObject({ isNew: false });
  expect(await readLastStep(market.db, coop.wu, parcelId)).toMatchObject({
    ...{ orderNumber: order.number, kind: "packed", byMe: false },
  });
  expect(await readLastStep(market.db, coop.li, parcelId)).toMatchObject({ byMe: true });
});

test("a day on the board begins and ends at midnight in Shanghai, and a carrier has its own", async () => {
  const { home, li } = await makeCoop();
  const at = async (paidAt: string) => {
    const order = await makePaidOrder(market.db, [[home]], { paidAt: new Date(paidAt) });
    return { number: order.number, parcelId: order.parcels[0]?.id ?? "" };
  };
  const before = await at("2026-11-21T23:59:59.999+08:00");
  const first = await at("2026-11-22T00:00:00+08:00");
  const last = await at("2026-11-22T23:59:59.999+08:00");
  const after = await at("2026-11-23T00:00:00+08:00");
  const filter = readFilter(new URLSearchParams("day=2026-11-22"));
  const shown = await listParcels(market.db, li, { status: "waiting", filter });
  expect(shown.map(({ orderNumber }) => orderNumber)).toEqual([first.number, last.number]);
  expect(await countParcels(market.db, li, filter)).toMatchObject({ waiting: 2 });
  for (const [{ parcelId }, carrier] of [
    [before, "sf"],
    [after, "zto"],
  ] as const) {
    await acceptParcel(market.db, li, { parcelId });
    await packParcel(market.db, li, { parcelId });
    await shipParcel(market.db, li, { parcelId, carrier, trackingNumber: "AB1234567" });
  }
  const zto = readFilter(new URLSearchParams("carrier=zto"));
  const sent = await listParcels(market.db, li, { status: "shipped", filter: zto });
  expect(sent.map(({ orderNumber }) => orderNumber)).toEqual([after.number]);
  expect(await countParcels(market.db, li, zto)).toMatchObject({ shipped: 1, waiting: 0 });
});

test("an address that names no day and no carrier asks for all, and says again what it means", () => {
  for (const query of ["", "day=2026-02-30&carrier=pigeon", "day=%27&carrier="]) {
    expect(readFilter(new URLSearchParams(query))).toEqual({ day: null, carrier: null });
  }
  const filter = readFilter(new URLSearchParams("carrier=sf&day=2026-11-22"));
  expect(filterQuery(filter)).toBe("&day=2026-11-22&carrier=sf");
});

test("what to gather is the same by product and by household, a day's alone and nobody else's", async () => {
  const coop = await makeCoop();
  const neighbour = await makeHousehold(market.db, { cooperative: coop.cooperative });
  const homes = [coop.home, neighbour];
  const paidAt = new Date("2026-11-22T12:00:00+08:00");
  await makePaidOrder(market.db, [homes], { quantity: 2, paidAt });
  await makePaidOrder(market.db, [[coop.home]], { paidAt });
  await makePaidOrder(market.db, [[coop.home]], { paidAt: new Date("2026-11-23T12:00:00+08:00") });
  const filter = readFilter(new URLSearchParams("day=2026-11-22"));
  const totals = await readHarvest(market.db, coop.li, { status: "waiting", filter });
  expect(totals.map(({ quantity, grams }) => [quantity, grams]).sort()).toEqual([
    [1, 2_500],
    [4, 10_000],
  ]);
  const brings = byHousehold(totals).map(({ householdId, products }) => ({
    householdId,
    units: products.map(({ quantity, grams, parcels }) => [quantity, grams, parcels]).sort(),
  }));
  const two = [2, 5_000, 1];
  expect(brings).toHaveLength(2);
  expect(brings).toContainEqual({ householdId: neighbour.id, units: [two] });
  expect(brings).toContainEqual({ householdId: coop.home.id, units: [[1, 2_500, 1], two] });
  const other = await makeCoop();
  expect(await readHarvest(market.db, other.li, { status: "waiting" })).toEqual([]);
  expect(await readHarvest(market.db, coop.li, { status: "packed" })).toEqual([]);
});
