import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DAY_MS, HOUR_MS, makeCycle, SHUHE } from "#tests/factories/cycles.ts";
import { makeOrder } from "#tests/factories/orders.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { waitUntilBlocked } from "#tests/setup/barrier.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { shanghaiDay } from "../calendar/day-rule.ts";
import { changeCycle } from "./change-cycle.ts";
import type { CyclePlace, CyclePlan } from "./cycle-rules.ts";
import { callOffCycle, closeCycle } from "./end-cycle.ts";
import { freeListing } from "./free-listing.ts";
import { readCycle, readWaiting } from "./read-cycles.ts";
import { turnCycles } from "./turn-cycles.ts";

let market: TestDatabase;
beforeAll(async () => {
  market = await createTestDatabase();
});
afterAll(() => market.drop());

const later = (at: Date, ms: number) => new Date(at.getTime() + ms);

describe("ending a cycle", () => {
  test("closes it at once, once", async () => {
    const listing = await makeListing(market.db);
    const { id: cycleId, scope } = await makeCycle(market.db, [listing]);
    const close = () => closeCycle(market.db, scope, { cycleId });
    expect(await close()).toEqual({ ok: true, isChanged: true });
    expect(await close()).toEqual({ ok: true, isChanged: false });
    const next = await makeListing(market.db);
    const planned = await makeCycle(market.db, [next], { opensAt: later(new Date(), HOUR_MS) });
    expect(await closeCycle(market.db, planned.scope, { cycleId: planned.id })).toMatchObject({
      reason: "not-open",
    });
  });

  test("calls it off only where no order stands, and frees its time", async () => {
    const listing = await makeListing(market.db);
    const { id: cycleId, scope, plan } = await makeCycle(market.db, [listing]);
    const { orderId } = await makeOrder(market.db, [{ listing, quantity: 1 }]);
    const off = () => callOffCycle(market.db, scope, { cycleId });
    expect(await off()).toMatchObject({ reason: "orders-stand", listings: [{ id: listing.id }] });
    await sql`update orders set status = 'expired' where id = ${orderId}`.execute(market.db);
    expect(await off()).toEqual({ ok: true, isChanged: true });
    expect(await off()).toEqual({ ok: true, isChanged: false });
    const input = { cycleId, plan, revision: 2, now: undefined };
    expect(await changeCycle(market.db, scope, input)).toMatchObject({ reason: "called-off" });
    await makeCycle(market.db, [listing]);
  });

  test("leaves its listings off sale, until they may be sold at any time again", async () => {
    const listing = await makeListing(market.db);
    const { id: cycleId, scope } = await makeCycle(market.db, [listing]);
    const free = () => freeListing(market.db, scope, { listingId: listing.id });
    const waiting = () => readWaiting(market.db, scope, { now: new Date(), most: 10 });
    expect(await free()).toMatchObject({ reason: "in-cycle" });
    expect(await waiting()).toEqual([]);
    await closeCycle(market.db, scope, { cycleId });
    expect(await waiting()).toMatchObject([{ id: listing.id }]);
    await expect(makeOrder(market.db, [{ listing, quantity: 1 }])).rejects.toThrow();
    expect(await free()).toEqual({ ok: true, isChanged: true });
    expect(await free()).toEqual({ ok: true, isChanged: false });
    await makeOrder(market.db, [{ listing, quantity: 1 }]);
  });

  test("an order that is being written comes before the calling off, which sees it", async () => {
    const listing = await makeListing(market.db);
    const { id: cycleId, scope } = await makeCycle(market.db, [listing]);
    let placing: ReturnType<typeof makeOrder> | undefined;
    let calling: ReturnType<typeof callOffCycle> | undefined;
    await market.db.transaction().execute(async (trx) => {
      await sql`select from lots where id = any(${listing.lotIds}::uuid[]) for update`.execute(trx);
      placing = makeOrder(market.db, [{ listing, quantity: 1 }]);
      await waitUntilBlocked(market.db, 1);
      calling = callOffCycle(market.db, scope, { cycleId });
      await waitUntilBlocked(market.db, 2);
    });
    await placing;
    expect(await calling).toMatchObject({ reason: "orders-stand" });
  });
});

describe("moving the collection of a cycle that has closed", () => {
  test("puts nothing back into its cycles that may be sold at any time again by now", async () => {
    const listing = await makeListing(market.db);
    const { id: cycleId, scope, plan } = await makeCycle(market.db, [listing]);
    await closeCycle(market.db, scope, { cycleId });
    await freeListing(market.db, scope, { listingId: listing.id });
    const closed = await readCycle(market.db, scope, cycleId);
    const moved = {
      ...{ ...plan, closesAt: closed?.closesAt ?? plan.closesAt },
      places: [{ ...SHUHE, place: "小学操场" }],
    };
    const input = { cycleId, plan: moved, revision: closed?.revision ?? 0 };
    expect(await changeCycle(market.db, scope, input)).toEqual({ ok: true, isChanged: true });
    await makeOrder(market.db, [{ listing, quantity: 1 }]);
  });

  test("is not held up by a village whose own day is over", async () => {
    const listing = await makeListing(market.db);
    const day = (days: number) => shanghaiDay(later(new Date(), days * DAY_MS));
    const early = { ...SHUHE, villageZh: "棉桠镇", collectsOn: day(1) };
    const {
      id: cycleId,
      scope,
      plan,
    } = await makeCycle(market.db, [listing], {
      ...{ collectsOn: day(4), shipsOn: day(5), places: [SHUHE, early] },
    });
    const change = (places: CyclePlace[]) => {
      const input = { cycleId, plan: { ...plan, places }, revision: 1 };
      return changeCycle(market.db, scope, { ...input, now: later(new Date(), 3 * DAY_MS) });
    };
    const moved = { ...SHUHE, place: "小学操场", collectsOn: day(4) };
    expect(await change([moved, { ...early, collectsOn: day(2) }])).toEqual({
      ...{ ok: false, reason: "faults", faults: new Map([["day 513423 棉桠镇", "past"]]) },
    });
    expect(await change([moved, early])).toEqual({ ok: true, isChanged: true });
  });

  test("lets the villages that still come be moved after the cycle's own day, till the last of theirs", async () => {
    const day = (days: number) => shanghaiDay(later(new Date(), days * DAY_MS));
    const late = { ...SHUHE, villageZh: "棉桠镇", collectsOn: day(4) };
    const { id, scope, plan } = await makeCycle(market.db, [await makeListing(market.db)], {
      ...{ collectsOn: day(2), shipsOn: day(5), places: [SHUHE, late] },
    });
    const change = (of: Partial<CyclePlan>, days: number, revision = 2) =>
      changeCycle(market.db, scope, {
        ...{ cycleId: id, plan: { ...plan, ...of }, revision },
        now: later(new Date(), days * DAY_MS),
      });
    const elsewhere = { places: [SHUHE, { ...late, place: "小学操场" }] };
    expect(await change(elsewhere, 3, 1)).toEqual({ ok: true, isChanged: true });
    expect(await change({ ...elsewhere, collectsOn: day(4) }, 3)).toEqual({
      ...{ ok: false, reason: "faults" },
      faults: new Map([["collectsOn", "collected-already"]]),
    });
    expect(await change({}, 5)).toMatchObject({ reason: "collected-already" });
  });
});

test("search and the shop are brought up to date once when a cycle opens, and once when it closes", async () => {
  const listing = await makeListing(market.db);
  const opensAt = later(new Date(), HOUR_MS);
  const { id, plan } = await makeCycle(market.db, [listing], { opensAt });
  const toldOf = async () =>
    (
      await market.db
        .selectFrom("order_cycles")
        .select("shop_told")
        .where("id", "=", id)
        .executeTakeFirstOrThrow()
    ).shop_told;
  const jobs = async () => {
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from graphile_worker._private_jobs
      where key = ${`index-listing:${listing.id}`}`.execute(market.db);
    return rows[0]?.n;
  };
  const clear = () =>
    sql`delete from graphile_worker._private_jobs where key = ${`index-listing:${listing.id}`}`.execute(
      market.db,
    );
  await clear();
  await turnCycles(market.db, later(opensAt, -1));
  expect([await toldOf(), await jobs()]).toEqual(["planned", 0]);
  await Promise.all([turnCycles(market.db, opensAt), turnCycles(market.db, opensAt)]);
  expect([await toldOf(), await jobs()]).toEqual(["open", 1]);
  await clear();
  await turnCycles(market.db, opensAt);
  expect(await jobs()).toBe(0);
  await turnCycles(market.db, plan.closesAt);
  expect([await toldOf(), await jobs()]).toEqual(["closed", 1]);
});
