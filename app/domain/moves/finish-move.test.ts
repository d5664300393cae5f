import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readBalances } from "#app/domain/ledger/balances.ts";
import { confirmRun } from "#app/domain/payouts/confirm-run.ts";
import { readOwed } from "#app/domain/payouts/owed.ts";
import { prepareRun } from "#app/domain/payouts/prepare-run.ts";
import { earn } from "#tests/factories/money.ts";
import { homeOf, makeTwo, stateOf } from "#tests/factories/moves.ts";
import { makeShopper, orderCart } from "#tests/factories/orders.ts";
import { makePaidOrder } from "#tests/factories/paid-orders.ts";
import { makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { colleagueOf, scopeOf } from "#tests/factories/scopes.ts";
import { lockLots, raceBehind, waitUntilBlocked } from "#tests/setup/barrier.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { correctWeighIn } from "../intake/correct-weigh-in.ts";
import { weighIn } from "../intake/weigh-in.ts";
import { finishMove, finishMoves } from "./finish-move.ts";
import { readAskedFor, readBelonged, readLeaving, readOwnMove } from "./read-moves.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

describe("a household that agreed", () => {
  test("has nothing on sale any more: its own listing is withdrawn, its part of a pool is out", async () => {
    const { db } = database;
    const { household, mine, ask, agree } = await makeTwo(db);
    const cooperative = { id: mine.cooperativeId, regionCode: household.regionCode };
    const neighbour = await makeHousehold(db, { cooperative });
    const own = await makeListing(db, { lots: [{ household, quantity: 10 }] });
    const pool = await makeListing(db, {
      lots: [
        { household, quantity: 7 },
        { household: neighbour, quantity: 5 },
      ],
    });
    await agree(await ask());
    const { rows: lots } = await sql`select listing_id = ${own.id} as "isOwn", available, taken_out
      from lots where household_id = ${household.id} order by taken_out`.execute(db);
    expect(lots).toEqual([
      { isOwn: false, available: 0, taken_out: 7 },
      { isOwn: true, available: 0, taken_out: 10 },
    ]);
    const { rows } = await sql`select id = ${own.id} as "isOwn", status,
        (select sum(available)::int from lots where listing_id = listings.id) as "onSale"
      from listings where id in (${own.id}, ${pool.id}) order by 3`.execute(db);
    expect(rows).toEqual([
      { isOwn: true, status: "withdrawn", onSale: 0 },
      { isOwn: false, status: "published", onSale: 5 },
    ]);
    const { rows: noted } = await sql`select what, quantity, reason, before, after
      from listing_changes where listing_id = ${pool.id}`.execute(db);
    expect(noted).toEqual([
      { what: "sell-out", quantity: 7, reason: "moved", before: "12", after: "5" },
    ]);
  });

  test("waits until what it sold has left, and then moves by itself", async () => {
    const { db } = database;
    const { mine, other, household, ask, agree } = await makeTwo(db);
    const order = await makePaidOrder(db, [[household]]);
    const moveId = await ask();
    await agree(moveId);
    expect(await stateOf(db, moveId)).toBe("agreed");
    expect(await finishMove(db, { moveId })).toMatchObject({
      reason: "waits",
      waits: { parcels: 1 },
    });
    expect((await readOwnMove(db, scopeOf(household)))?.waits).toMatchObject({ parcels: 1 });
    expect((await readLeaving(db, mine))[0]?.waits).toMatchObject({ parcels: 1 });
    // What comes on sale meanwhile does not go along either.
    const late = await makeListing(db, { lots: [{ household, quantity: 3 }] });
    await sql`update parcels set status = 'shipped', carrier = 'sf', tracking_number = 'SF1234567890'
      where order_id = ${order.id}`.execute(db);
    expect(await finishMoves(db)).toMatchObject({ finished: 1, failed: [] });
    expect(await homeOf(db, household)).toBe(other.cooperativeId);
    const { rows } = await sql`select l.status, t.available from lots t
      join listings l on l.id = t.listing_id where l.id = ${late.id}`.execute(db);
    expect(rows).toEqual([{ status: "withdrawn", available: 0 }]);
  });

  test.each(["answer", "order"])(
    "waits for a buyer who is paying; with the %s first, her answer and an order at once each come whole",
    async (first) => {
      const { db } = database;
      const { mine, household, ask, agree } = await makeTwo(db);
      const listing = await makeListing(db, { lots: [{ household, quantity: 10 }] });
      await orderCart(db, await makeShopper(db, [{ listing, quantity: 1 }]));
      const late = await makeShopper(db, [{ listing, quantity: 1 }]);
      const moveId = await ask();
      const answer = () => agree(moveId);
      const order = () =>
        orderCart(db, late).then(
          () => "bought",
          () => "refused",
        );
      const [one, other] = first === "answer" ? [answer, order] : [order, answer];
      const second = () => waitUntilBlocked(db, 1).then<unknown>(other);
      const race = await raceBehind<unknown>(db, lockLots(listing.lotIds), 2, [one, second]);
      expect(await finishMove(db, { moveId })).toMatchObject({ reason: "waits" });
      expect(await homeOf(db, household)).toBe(mine.cooperativeId);
      const { rows } = await sql`select held, available, taken_out from lots
        where id = ${listing.lotIds[0]}`.execute(db);
      const held = race.includes("bought") ? 2 : 1;
      expect(rows).toEqual([{ held, available: 0, taken_out: 10 - held }]);
      expect(held).toBe(first === "order" ? 2 : 1);
    },
  );

  test("waits for a run it stands in, keeps its balance, and is paid by its new cooperative", async () => {
    const { db } = database;
    const { mine, other, household, ask, agree } = await makeTwo(db);
    await earn(db, household, 1_000);
    const run = await prepareRun(db, mine, { clientKey: uuidv7() });
    if (!run.ok) throw new Error(run.reason);
    const moveId = await ask();
    await agree(moveId);
    expect(await finishMove(db, { moveId })).toMatchObject({ waits: { isInRun: true } });
    await confirmRun(db, colleagueOf(mine), run);
    await earn(db, household, 700);
    expect(await finishMove(db, { moveId })).toEqual({ ok: true, isNew: true });
    expect(await finishMove(db, { moveId })).toEqual({ ok: true, isNew: false });
    const code = `relief:${household.reliefCode}`;
    expect((await readBalances(db, [code])).get(code)).toBe(-700);
    expect(await readOwed(db, mine)).toEqual([]);
    const paid = await prepareRun(db, other, { clientKey: uuidv7() });
    if (!paid.ok) throw new Error(paid.reason);
    expect(await confirmRun(db, colleagueOf(other), paid)).toMatchObject({ ok: true });
    expect((await readBalances(db, [code])).get(code)).toBe(0);
  });

  test("does not move while a run is being prepared, and stands in it or in none", async () => {
    const { db } = database;
    const { mine, other, household, ask, agree } = await makeTwo(db);
    await earn(db, household, 1_000);
    const moveId = await ask();
    const lock = sql`select from cooperatives where id = ${mine.cooperativeId} for update`;
    const [run] = await raceBehind<unknown>(db, lock, 2, [
      () => prepareRun(db, mine, { clientKey: uuidv7() }),
      () => agree(moveId),
    ]);
    const isIn = (run as { ok: boolean }).ok;
    expect(await homeOf(db, household)).toBe(isIn ? mine.cooperativeId : other.cooperativeId);
  });
});

describe("its former cooperative", () => {
  test("weighs nothing more of it, and a weight put right brings nothing on sale any more", async () => {
    const { db } = database;
    const { household, mine, ask, agree } = await makeTwo(db);
    const cooperative = { id: mine.cooperativeId, regionCode: household.regionCode };
    const neighbour = await makeHousehold(db, { cooperative });
    const lots = [household, neighbour].map((home) => ({ household: home, quantity: 1 }));
    const pool = await makeListing(db, { lots });
    const input = {
      ...{ householdId: household.id, categoryCode: "apple", grade: "first" as const },
      ...{ grossGrams: 6_000, tareGrams: 500, poolId: pool.id },
    };
    const weighed = await weighIn(db, mine, { ...input, clientKey: uuidv7() });
    if (!weighed.ok) throw new Error(weighed.reason);
    await agree(await ask());
    const more = await weighIn(db, mine, { ...input, clientKey: uuidv7() });
    expect(more).toEqual({ ok: false, reason: "household-unknown" });
    const corrected = await correctWeighIn(db, mine, {
      ...{ weighInId: weighed.weighInId, weights: { grossGrams: 60_000, tareGrams: 500 } },
      ...{ reason: "misread", clientKey: uuidv7() },
    });
    expect(corrected).toMatchObject({ ok: true });
    const { rows } = await sql`select available from lots
      where household_id = ${household.id}`.execute(db);
    expect(rows.every((lot) => (lot as { available: number }).available === 0)).toBe(true);
  });
});

describe("where a household has belonged", () => {
  test("is told to itself, to who has it, and to its officer; its former one keeps its name alone", async () => {
    const { db } = database;
    const { mine, other, household, ask, agree } = await makeTwo(db);
    await agree(await ask());
    const hers = await readBelonged(db, scopeOf(household), household.id);
    expect(hers.map(({ from, until }) => [from !== null, until !== null])).toEqual([
      [false, true],
      [true, false],
    ]);
    expect(await readBelonged(db, other, household.id)).toEqual(hers);
    expect(await readBelonged(db, mine, household.id)).toEqual([]);
    await sql`update households set head_name = '改了名' where id = ${household.id}`.execute(db);
    const [left] = await readLeaving(db, mine);
    expect(left).toMatchObject({ state: "done", waits: null });
    expect(left?.headName).not.toBe("改了名");
    expect((await readAskedFor(db, other))[0]).toMatchObject({ headName: "改了名", state: "done" });
    const { rows } = await sql<{ was: string; is: string }>`
      select cooperative_of(${household.id}, now() - interval '1 day') as was,
        cooperative_of(${household.id}, now() + interval '1 second') as is`.execute(db);
    expect(rows).toEqual([{ was: mine.cooperativeId, is: other.cooperativeId }]);
  });
});
