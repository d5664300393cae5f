import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import { makeListing } from "#tests/factories/produce.ts";
import {
  correct,
  countRows,
  makeScale,
  type Scale,
  weigh,
  weighed,
} from "#tests/factories/scale.ts";
import { coopScope, scopeOf } from "#tests/factories/scopes.ts";
import { raceBehind } from "#tests/setup/barrier.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { tellWeighIns } from "../messages/tell-weigh-ins.ts";
import { readArrivals, readDay, readOwnWeighIns, readWeighIn } from "./read-weigh-ins.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

describe("what a household brings to the scale", () => {
  test("is noted with gross, tare and net, by whom and when, and she sees it", async () => {
    const { db } = database;
    const scale = await makeScale(database.db);
    const at = new Date(Date.now() - 3 * 60 * 60_000);
    const weighInId = await weighed(scale, { weighedAt: at });
    const found = await readWeighIn(db, scale.scope, weighInId);
    expect(found?.standing).toMatchObject({
      ...{ grossGrams: 10_400, tareGrams: 400, netGrams: 10_000, weighedAt: at },
      ...{ householdId: scale.household.id, cropZh: "苹果", reason: null },
    });
    const own = await readOwnWeighIns(db, scopeOf(scale.household), { limit: 9, offset: 0 });
    expect(own.rows.map(({ id }) => id)).toEqual([weighInId]);
    const others = await readOwnWeighIns(db, scopeOf(scale.other), { limit: 9, offset: 0 });
    expect(others).toEqual({ rows: [], total: 0 });
  });

  test("of her own listing moves no stock, and is told beside what she offers and has sold", async () => {
    const scale = await makeScale(database.db);
    const own = await makeListing(database.db, {
      lots: [{ household: scale.household, quantity: 8 }],
    });
    await sql`update lots set available = 5, sold = 2, held = 1 where listing_id = ${own.id}`.execute(
      database.db,
    );
    const weighInId = await weighed(scale);
    const found = await readWeighIn(database.db, scale.scope, weighInId);
    expect(found?.standing).toMatchObject({ listingId: own.id, unitsIn: 0 });
    const arrivals = await readArrivals(database.db, scale.scope, scale.household.id);
    expect(arrivals[0]).toMatchObject({
      ...{ listingId: own.id, soldGrams: 7_500, offeredGrams: 20_000, arrivedGrams: 10_000 },
    });
    const { rows } = await sql`select available, quantity_in from lots
      where listing_id = ${own.id}`.execute(database.db);
    expect(rows).toEqual([{ available: 5, quantity_in: 8 }]);
  });

  test("is one weigh-in when it is sent twice at once, and another member's key is her own", async () => {
    const scale = await makeScale(database.db);
    const clientKey = uuidv7();
    const lock = sql`select from households where id = ${scale.household.id} for update`;
    const send = () => weigh(scale, { clientKey });
    const [one, two] = await raceBehind(database.db, lock, 2, [send, send]);
    expect(one).toMatchObject({ ok: true });
    expect(two).toMatchObject({ ok: true });
    expect(one?.ok && two?.ok && one.weighInId === two.weighInId && one.isNew !== two.isNew).toBe(
      true,
    );
    expect(await countRows(scale)).toBe(1);
    const scope = coopScope({ ...scale.scope, userId: "another-packer" });
    expect(await weigh({ ...scale, scope }, { clientKey })).toMatchObject({ isNew: true });
  });

  test.each([
    ["nothing", { grossGrams: 0 }, { gross: "atLeastOne" }],
    ["no more than its basket", { grossGrams: 400 }, { tare: "tareTooHeavy" }],
    ["more than a lorry holds", { grossGrams: 5_000_001 }, { gross: "tooMany" }],
    ["parts of a gram", { grossGrams: 10.5 }, { gross: "atLeastOne" }],
    ["a basket of less than none", { tareGrams: -1 }, { tare: "atLeastOne" }],
  ])("that weighs %s is refused", async (_what, of, problems) => {
    const scale = await makeScale(database.db);
    expect(await weigh(scale, of)).toEqual({ ok: false, reason: "weight-invalid", problems });
    expect(await countRows(scale)).toBe(0);
  });

  test("counts as of now where the phone's clock tells an absurd time", async () => {
    const scale = await makeScale(database.db);
    for (const away of [-60_000, 30 * 24 * 60 * 60_000]) {
      const before = Date.now();
      const id = await weighed(scale, { weighedAt: new Date(before - away) });
      const at = (await readWeighIn(database.db, scale.scope, id))?.standing.weighedAt;
      expect(at?.getTime()).toBeGreaterThanOrEqual(before);
      expect(at?.getTime()).toBeLessThanOrEqual(Date.now());
    }
  });

  test("is nobody's of another cooperative, nor read by it", async () => {
    const { db } = database;
    const [scale, stranger] = [await makeScale(database.db), await makeScale(database.db)];
    const refused = { ok: false, reason: "household-unknown" };
    expect(await weigh(scale, { householdId: stranger.household.id })).toEqual(refused);
    expect(await weigh(scale, { poolId: stranger.pool.id })).toMatchObject({
      reason: "pool-unknown",
    });
    expect(await weigh(scale, { photoId: uuidv7() })).toMatchObject({ reason: "photo-unknown" });
    const id = await weighed(scale);
    expect(await readWeighIn(db, stranger.scope, id)).toBeNull();
    expect(await correct(stranger, id, null)).toEqual({ ok: false, reason: "weigh-in-unknown" });
    const [day] = (await readWeighIn(db, scale.scope, id))?.rows ?? [];
    const on = shanghaiDay(day?.weighedAt ?? new Date(0));
    expect((await readDay(db, scale.scope, { day: on })).map((row) => row.id)).toEqual([id]);
    expect(await readDay(db, stranger.scope, { day: on })).toEqual([]);
  });

  test("is written once: the database lets nobody change or drop it", async () => {
    const scale = await makeScale(database.db);
    const id = await weighed(scale);
    const { db } = database;
    await expect(
      sql`update weigh_ins set gross_grams = 99999 where id = ${id}`.execute(db),
    ).rejects.toThrow("written once");
    await expect(sql`delete from weigh_ins where id = ${id}`.execute(db)).rejects.toThrow(
      "written once",
    );
  });
});

describe("the text message", () => {
  const LATER = () => new Date(Date.now() + 6 * 60_000);
  const messagesOf = async ({ household }: Scale) =>
    (
      await sql<{ params: { goods: string } }>`select params from messages
        where household_id = ${household.id} and template = 'intake.bundle' order by id`.execute(
        database.db,
      )
    ).rows.map(({ params }) => params.goods);

  test("tells all that was brought together, once, and a correction as the sum that stands", async () => {
    const { db } = database;
    const scale = await makeScale(database.db);
    const id = await weighed(scale);
    await weighed(scale, { grossGrams: 2_350, tareGrams: 0 });
    await tellWeighIns(db, LATER());
    await tellWeighIns(db, LATER());
    await sql`update messages set state = 'sent', sent_at = ${LATER()}
      where household_id = ${scale.household.id}`.execute(db);
    expect(await messagesOf(scale)).toEqual(["苹果 12.35 kg"]);
    await correct(scale, id, { grossGrams: 5_000, tareGrams: 0 });
    await tellWeighIns(db, LATER());
    expect(await messagesOf(scale)).toHaveLength(1);
    await tellWeighIns(db, new Date(Date.now() + 3 * 60 * 60_000));
    expect((await messagesOf(scale)).at(-1)).toBe("苹果 7.35 kg");
  });
});
