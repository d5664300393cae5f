import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeHousehold } from "#tests/factories/people.ts";
import { correct, countRows, lotsOf, makeScale, weigh, weighed } from "#tests/factories/scale.ts";
import { scopeOf } from "#tests/factories/scopes.ts";
import { raceBehind } from "#tests/setup/barrier.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { readOwnWeighIns, readWeighIn } from "./read-weigh-ins.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

describe("what is weighed into a pooled listing", () => {
  test("is on sale in whole sale units, and what is left over waits for the next", async () => {
    const scale = await makeScale(database.db);
    const poolId = scale.pool.id;
    await weighed(scale, { poolId, grossGrams: 9_300, tareGrams: 300 });
    expect(await lotsOf(scale)).toEqual({ quantityIn: 7, available: 7, takenOut: 0 });
    await weighed(scale, { poolId, grossGrams: 1_000, tareGrams: 0 });
    expect(await lotsOf(scale)).toEqual({ quantityIn: 8, available: 8, takenOut: 0 });
    const { rows } = await sql`select what, quantity, by_cooperative from listing_changes
      where listing_id = ${poolId} order by id`.execute(database.db);
    expect(rows).toEqual([
      { what: "restock", quantity: 3, by_cooperative: true },
      { what: "restock", quantity: 1, by_cooperative: true },
    ]);
  });

  test("by two scales at once makes the units of both together, also for a household's first", async () => {
    const made = await makeScale(database.db);
    const { cooperative } = made;
    const scale = { ...made, household: await makeHousehold(database.db, { cooperative }) };
    const poolId = scale.pool.id;
    const lock = sql`select from listings where id = ${poolId} for update`;
    const send = () => weigh(scale, { poolId, grossGrams: 1_500, tareGrams: 0 });
    await raceBehind(database.db, lock, 2, [send, send]);
    expect(await lotsOf(scale)).toEqual({ quantityIn: 1, available: 1, takenOut: 0 });
  });

  test("brings no more than a pre-sale may promise", async () => {
    const scale = await makeScale(database.db);
    await sql`update listings set presale_limit = 9, ships_from = current_date + 9
      where id = ${scale.pool.id}`.execute(database.db);
    await weighed(scale, { poolId: scale.pool.id });
    expect(await lotsOf(scale)).toEqual({ quantityIn: 5, available: 5, takenOut: 0 });
  });

  test("has to be of its crop and grade, and open", async () => {
    const scale = await makeScale(database.db);
    const refused = { ok: false, reason: "pool-unknown" };
    expect(await weigh(scale, { poolId: scale.pool.id, grade: "second" })).toEqual(refused);
    await sql`update listings set status = 'withdrawn' where id = ${scale.pool.id}`.execute(
      database.db,
    );
    expect(await weigh(scale, { poolId: scale.pool.id })).toEqual(refused);
  });
});

describe("what was weighed wrongly", () => {
  test("is corrected by another row that stands in its place, with both still to be read", async () => {
    const scale = await makeScale(database.db);
    const id = await weighed(scale);
    const clientKey = uuidv7();
    const weights = { grossGrams: 8_400, tareGrams: 400 };
    const corrected = await correct(scale, id, weights, clientKey);
    expect(corrected).toMatchObject({ ok: true, isNew: true });
    expect(await correct(scale, id, weights, clientKey)).toEqual({ ...corrected, isNew: false });
    const found = await readWeighIn(database.db, scale.scope, id);
    expect(found?.rows.map(({ netGrams }) => netGrams)).toEqual([10_000, 8_000]);
    expect(found?.standing).toMatchObject({ netGrams: 8_000, reason: "misread" });
    expect(await correct(scale, id, null)).toEqual({ ok: false, reason: "corrected-already" });
    const { id: latest = "" } = found?.standing ?? {};
    expect(await correct(scale, latest, weights)).toMatchObject({ reason: "nothing-changed" });
    expect(await correct(scale, latest, null)).toMatchObject({ ok: true });
    const own = await readOwnWeighIns(database.db, scopeOf(scale.household), {
      ...{ limit: 9, offset: 0 },
    });
    expect(own.rows.map(({ netGrams }) => netGrams)).toEqual([0]);
  });

  test("is corrected once when two do it at once", async () => {
    const scale = await makeScale(database.db);
    const id = await weighed(scale, { poolId: scale.pool.id });
    const lock = sql`select from listings where id = ${scale.pool.id} for update`;
    const answers = await raceBehind(
      database.db,
      lock,
      2,
      [7_500, 5_000].map((grossGrams) => () => correct(scale, id, { grossGrams, tareGrams: 0 })),
    );
    expect(answers.map((answer) => (answer.ok ? "ok" : answer.reason)).sort()).toEqual([
      ...["corrected-already", "ok"],
    ]);
    expect(await countRows(scale)).toBe(2);
  });

  test("never takes what is held or sold: what comes next makes up for it", async () => {
    const scale = await makeScale(database.db);
    const poolId = scale.pool.id;
    const id = await weighed(scale, { poolId });
    // Of the four she had and the four boxes that came, seven are sold.
    await sql`update lots set sold = available, available = 0
      where household_id = ${scale.household.id} and quantity_in = 4 and harvested_on = '2026-11-01'`.execute(
      database.db,
    );
    await sql`update lots set sold = available - 1, available = 1
      where household_id = ${scale.household.id} and harvested_on <> '2026-11-01'`.execute(
      database.db,
    );
    await correct(scale, id, { grossGrams: 2_500, tareGrams: 0 });
    expect(await lotsOf(scale)).toEqual({ quantityIn: 8, available: 0, takenOut: 1 });
    await weighed(scale, { poolId, grossGrams: 5_000, tareGrams: 0 });
    expect(await lotsOf(scale)).toEqual({ quantityIn: 8, available: 0, takenOut: 1 });
    await weighed(scale, { poolId, grossGrams: 2_500, tareGrams: 0 });
    expect(await lotsOf(scale)).toEqual({ quantityIn: 9, available: 1, takenOut: 1 });
  });
});
