import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DAY_MS, HOUR_MS, makeCycle, managerOf, planOf, SHUHE } from "#tests/factories/cycles.ts";
import { makeOrder } from "#tests/factories/orders.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { type MadeListing, makeListing } from "#tests/factories/produce.ts";
import { waitUntilBlocked } from "#tests/setup/barrier.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { changeCycle } from "./change-cycle.ts";
import type { CyclePlan } from "./cycle-rules.ts";
import { callOffCycle, closeCycle } from "./end-cycle.ts";
import { freeListing } from "./free-listing.ts";
import { planCycle } from "./plan-cycle.ts";
import { listCycles, readCycle } from "./read-cycles.ts";

let market: TestDatabase;
beforeAll(async () => {
  market = await createTestDatabase();
});
afterAll(() => market.drop());

const later = (at: Date, ms: number) => new Date(at.getTime() + ms);

async function refusedBy(listing: MadeListing, overrides: Parameters<typeof planOf>[1]) {
  const plan = planOf([listing], overrides);
  const planned = await planCycle(market.db, managerOf(listing), { plan, clientKey: uuidv7() });
  if (planned.ok) throw new Error("it was planned");
  return planned;
}

const cyclesOf = async (listing: MadeListing) =>
  (await listCycles(market.db, managerOf(listing), { page: 1, perPage: 50 })).total;

/** What is sent of a cycle that stands, with something of it changed. */
async function change(
  cycle: Awaited<ReturnType<typeof makeCycle>>,
  of: Partial<CyclePlan>,
  now?: Date,
) {
  const read = await readCycle(market.db, cycle.scope, cycle.id);
  const plan = { ...cycle.plan, ...of };
  const { id: cycleId, scope } = cycle;
  return changeCycle(market.db, scope, { cycleId, plan, revision: read?.revision ?? 0, now });
}

describe("planning a cycle", () => {
  test("names each field that contradicts itself or the clock, and plans nothing", async () => {
    const listing = await makeListing(market.db);
    const now = new Date();
    const { collectsOn, shipsOn } = planOf([listing]);
    const yesterday = planOf([listing], { now: later(now, -4 * DAY_MS) });
    const faultOf = async (of: Parameters<typeof planOf>[1]) => {
      const refused = await refusedBy(listing, of);
      return refused.reason === "faults" ? [...refused.faults] : refused.reason;
    };
    expect(await faultOf({ closesAt: later(now, -2 * HOUR_MS) })).toContainEqual([
      ...["closes", "closes-before-opens"],
    ]);
    expect(await faultOf({ closesAt: later(now, -1) })).toEqual([["closes", "closed-already"]]);
    expect(await faultOf({ collectsOn: shipsOn, shipsOn: collectsOn })).toEqual([
      ...[["shipsOn", "ships-before-collecting"]],
    ]);
    expect(await faultOf({ collectsOn: yesterday.collectsOn })).toEqual([["collectsOn", "past"]]);
    const place = { ...SHUHE, fromMinute: 600, untilMinute: 600, collectsOn: "2099-01-01" };
    expect(await faultOf({ places: [place] })).toEqual([
      ["until 513423 树河镇", "until-before-from"],
      ["day 513423 树河镇", "collects-after-shipping"],
    ]);
    expect(await faultOf({ listingIds: [] })).toEqual([["listings", "no-listings"]]);
    expect(await cyclesOf(listing)).toBe(0);
  });

  test("takes no listing of another cooperative's", async () => {
    const [own, others] = [await makeListing(market.db), await makeListing(market.db)];
    expect(await refusedBy(own, { listingIds: [own.id, others.id] })).toMatchObject({
      reason: "listing-unknown",
    });
    expect(await refusedBy(own, { listingIds: [uuidv7()] })).toMatchObject({
      reason: "listing-unknown",
    });
  });

  test("asks for a place in every village whose households have something in it", async () => {
    const listing = await makeListing(market.db);
    expect(await refusedBy(listing, { places: [] })).toEqual({
      ...{ ok: false, reason: "place-missing", villages: ["513423 树河镇"] },
    });
  });

  test("takes no pre-sale that ships later", async () => {
    const listing = await makeListing(market.db);
    await sql`update listings set ships_from = '2099-01-01',
      presale_limit = 10 where id = ${listing.id}`.execute(market.db);
    expect(await refusedBy(listing, {})).toMatchObject({
      ...{ reason: "presale-later", listings: [{ id: listing.id }] },
    });
  });

  test("is done once by one form, however often it is sent", async () => {
    const listing = await makeListing(market.db);
    const send = { plan: planOf([listing]), clientKey: uuidv7() };
    const sent = await Promise.all(
      [1, 2, 3].map(() => planCycle(market.db, managerOf(listing), send)),
    );
    expect(new Set(sent.map((each) => each.ok && each.cycleId)).size).toBe(1);
    expect(sent.filter((each) => each.ok && each.isNew)).toHaveLength(1);
    expect(await cyclesOf(listing)).toBe(1);
  });
});

describe("two cycles of one listing", () => {
  test("may follow each other, and never overlap", async () => {
    const listing = await makeListing(market.db);
    const { plan } = await makeCycle(market.db, [listing]);
    const overlapping = { opensAt: later(plan.closesAt, -1), closesAt: later(plan.closesAt, 1) };
    expect(await refusedBy(listing, overlapping)).toMatchObject({
      ...{ reason: "overlapping", listings: [{ id: listing.id }] },
    });
    await makeCycle(market.db, [listing], {
      ...{ opensAt: plan.closesAt, closesAt: later(plan.closesAt, HOUR_MS) },
    });
    expect(await cyclesOf(listing)).toBe(2);
  });

  test("planned by two managers at once come one after the other, and one is refused", async () => {
    const listing = await makeListing(market.db);
    const scope = managerOf(listing);
    let planning: Promise<Awaited<ReturnType<typeof planCycle>>>[] = [];
    await market.db.transaction().execute(async (trx) => {
      await sql`select from cooperatives where id = ${listing.cooperativeId} for update`.execute(
        trx,
      );
      planning = ["one", "two"].map((userId) =>
        planCycle(market.db, { ...scope, userId }, { plan: planOf([listing]), clientKey: userId }),
      );
      await waitUntilBlocked(market.db, 2);
    });
    const planned = await Promise.all(planning);
    expect(planned.filter((each) => each.ok)).toHaveLength(1);
    expect(planned.find((each) => !each.ok)).toMatchObject({ reason: "overlapping" });
  });

  test("are kept apart by the database itself", async () => {
    const listing = await makeListing(market.db);
    const { plan } = await makeCycle(market.db, [listing]);
    const other = await makeListing(market.db, {
      lots: [
        {
          household: await makeHousehold(market.db, {
            cooperative: { id: listing.cooperativeId, regionCode: "513423" },
          }),
          quantity: 1,
        },
      ],
    });
    const { id } = await makeCycle(market.db, [other]);
    const forged = market.db
      .insertInto("cycle_listings")
      .values({
        ...{ cycle_id: id, listing_id: listing.id },
        ...{ opens_at: plan.opensAt, closes_at: plan.closesAt },
      })
      .execute();
    await expect(forged).rejects.toThrow("cycles_of_a_listing_stay_apart");
  });
});

describe("changing a cycle", () => {
  test("is free before it opens, and overwrites nothing that somebody else has changed", async () => {
    const listing = await makeListing(market.db);
    const opensAt = later(new Date(), HOUR_MS);
    const cycle = await makeCycle(market.db, [listing], { opensAt });
    const moved = { opensAt: later(opensAt, HOUR_MS / 2) };
    expect(await change(cycle, moved)).toEqual({ ok: true, isChanged: true });
    expect(await change(cycle, moved)).toEqual({ ok: true, isChanged: false });
    const stale = { cycleId: cycle.id, plan: cycle.plan, revision: 1 };
    expect(await changeCycle(market.db, cycle.scope, stale)).toMatchObject({ reason: "overtaken" });
    expect(await readCycle(market.db, cycle.scope, cycle.id)).toMatchObject(moved);
  });

  test("leaves when it opened, and what was promised to whoever has ordered", async () => {
    const [listing, kept] = await twoOfOne();
    const cycle = await makeCycle(market.db, [listing, kept]);
    await makeOrder(market.db, [{ listing, quantity: 1 }]);
    const { opensAt, shipsOn, closesAt } = cycle.plan;
    expect(await change(cycle, { opensAt: later(opensAt, 1) })).toMatchObject({
      ...{ reason: "fixed", fields: ["opens"] },
    });
    const next = planOf([], { now: later(new Date(), DAY_MS) }).shipsOn;
    expect(await change(cycle, { shipsOn: next })).toMatchObject({
      ...{ reason: "fixed", fields: ["ships"] },
    });
    expect(next).not.toBe(shipsOn);
    expect(await change(cycle, { listingIds: [kept.id] })).toMatchObject({
      ...{ reason: "ordered", listings: [{ id: listing.id }] },
    });
    const shorter = { closesAt: later(closesAt, -HOUR_MS), listingIds: [listing.id] };
    expect(await change(cycle, shorter)).toEqual({ ok: true, isChanged: true });
  });

  test("after closing moves the collection alone, till its day is over", async () => {
    const listing = await makeListing(market.db);
    const cycle = await makeCycle(market.db, [listing]);
    const { closesAt } = cycle.plan;
    const moved = { places: [{ ...SHUHE, place: "小学操场" }] };
    expect(await change(cycle, { ...moved, closesAt: later(closesAt, 1) }, closesAt)).toMatchObject(
      {
        ...{ reason: "fixed", fields: ["closes"] },
      },
    );
    expect(await change(cycle, moved, closesAt)).toEqual({ ok: true, isChanged: true });
    expect(await change(cycle, {}, later(closesAt, 4 * DAY_MS))).toMatchObject({
      reason: "collected-already",
    });
  });

  test("is not for another cooperative's manager", async () => {
    const listing = await makeListing(market.db);
    const cycle = await makeCycle(market.db, [listing]);
    const stranger = managerOf({ cooperativeId: (await makeCooperative(market.db)).id });
    const cycleId = cycle.id;
    const input = { cycleId, plan: cycle.plan, revision: 1 };
    expect(await changeCycle(market.db, stranger, input)).toMatchObject({
      reason: "cycle-unknown",
    });
    expect(await closeCycle(market.db, stranger, { cycleId })).toMatchObject({
      reason: "cycle-unknown",
    });
    expect(await callOffCycle(market.db, stranger, { cycleId })).toMatchObject({
      reason: "cycle-unknown",
    });
    expect(await freeListing(market.db, stranger, { listingId: listing.id })).toMatchObject({
      reason: "listing-unknown",
    });
    expect(await readCycle(market.db, stranger, cycleId)).toBeNull();
  });
});

/** Two listings of one cooperative. */
async function twoOfOne() {
  const first = await makeListing(market.db);
  const cooperative = { id: first.cooperativeId, regionCode: "513423" };
  const household = await makeHousehold(market.db, { cooperative });
  return [first, await makeListing(market.db, { lots: [{ household, quantity: 10 }] })] as const;
}
