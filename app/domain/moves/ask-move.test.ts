import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeManager } from "#tests/factories/joining.ts";
import { homeOf, makeTwo, stateOf } from "#tests/factories/moves.ts";
import { makeHousehold } from "#tests/factories/people.ts";
import { scopeOf } from "#tests/factories/scopes.ts";
import { raceBehind } from "#tests/setup/barrier.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { answerAsCooperative, answerAsHousehold } from "./answer-move.ts";
import { askMove, takeBackMove } from "./ask-move.ts";
import { finishMoves } from "./finish-move.ts";
import { readAskedFor, readLeaving, readOwnMove } from "./read-moves.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

describe("a cooperative that asks a household of another to come", () => {
  test("is answered alike whether there is one or not, and the household is told", async () => {
    const { db } = database;
    const { other, household, registerCode, ask } = await makeTwo(db);
    const moveId = await ask();
    const none = await askMove(db, other, { registerCode: "NOBODY-1", clientKey: uuidv7() });
    expect(none).toMatchObject({ ok: true, isNew: true });
    const shown = (await readAskedFor(db, other)).map(({ id: _, askedAt: _a, ...row }) => row);
    const [one, two] = shown.map(({ registerCode: _, expiresAt: _e, ...row }) => row);
    expect(one).toEqual(two);
    expect(one).toMatchObject({ state: "asked", headName: null, householdId: null });
    const { rows } = await sql<{ template: string }>`select template from messages
      where household_id = ${household.id}`.execute(db);
    expect(rows).toEqual([{ template: "move.asked" }]);
    expect(await readOwnMove(db, scopeOf(household))).toMatchObject({ id: moveId, state: "asked" });
    const again = await askMove(db, other, { registerCode, clientKey: uuidv7() });
    expect(again).toEqual({ ok: false, reason: "open-already" });
  });

  test("asks once however often the form is sent, and not for its own nor for too many", async () => {
    const { db } = database;
    const { mine, other, registerCode } = await makeTwo(db);
    const clientKey = uuidv7();
    const send = () => askMove(db, other, { registerCode, clientKey });
    const lock = sql`select from households where register_code = ${registerCode} for update`;
    const [first, second] = await raceBehind(db, lock, 2, [send, send]);
    expect([first, second].map((asked) => asked?.ok && asked.isNew).sort()).toEqual([false, true]);
    const otherCode = await askMove(db, other, { registerCode: "NOBODY-2", clientKey });
    expect(otherCode).toEqual({ ok: false, reason: "asked-before" });
    const own = await askMove(db, mine, { registerCode, clientKey: uuidv7() });
    expect(own).toEqual({ ok: false, reason: "own-already" });
    for (let index = 0; index < 19; index++) {
      await askMove(db, other, { registerCode: `NOBODY-2${index}`, clientKey: uuidv7() });
    }
    const many = await askMove(db, other, { registerCode: "NOBODY-9", clientKey: uuidv7() });
    expect(many).toEqual({ ok: false, reason: "too-many" });
  });

  test("at the same moment as a third meets the household or nobody, and is told neither", async () => {
    const { db } = database;
    const { other, household, registerCode } = await makeTwo(db);
    const { scope: third } = await makeManager(db);
    const lock = sql`select from households where id = ${household.id} for update`;
    const asked = await raceBehind(
      db,
      lock,
      2,
      [other, third].map(
        (scope) => () => askMove(db, scope, { registerCode, clientKey: uuidv7() }),
      ),
    );
    expect(asked.map(({ ok }) => ok)).toEqual([true, true]);
    const { rows } = await sql`select from household_moves
      where household_id = ${household.id}`.execute(db);
    expect(rows).toHaveLength(1);
  });

  test("takes it back until it is answered; what nobody answers in 14 days is over", async () => {
    const { db } = database;
    const { mine, other, household, ask, agree } = await makeTwo(db);
    const taken = await ask();
    expect(await takeBackMove(db, mine, { moveId: taken })).toBe(false);
    expect(await takeBackMove(db, other, { moveId: taken })).toBe(true);
    expect(await agree(taken)).toEqual({ ok: false, reason: "over" });
    const late = await ask();
    const then = new Date(Date.now() + 14 * 86_400_000 + 1);
    const scope = scopeOf(household);
    const answer = { moveId: late, answer: "agreed", now: then } as const;
    expect(await answerAsHousehold(db, scope, answer)).toEqual({ ok: false, reason: "over" });
    await finishMoves(db, then);
    expect(await stateOf(db, late)).toBe("expired");
    expect(await homeOf(db, household)).toBe(mine.cooperativeId);
  });
});

describe("the answer", () => {
  test("is the household's own, once, and no other's", async () => {
    const { db } = database;
    const { mine, other, household, ask } = await makeTwo(db);
    const stranger = await makeHousehold(db);
    const moveId = await ask();
    const given = { moveId, answer: "agreed" } as const;
    const unknown = { ok: false, reason: "move-not-found" };
    expect(await answerAsHousehold(db, scopeOf(stranger), given)).toEqual(unknown);
    expect(await answerAsCooperative(db, other, given)).toEqual(unknown);
    expect(await answerAsHousehold(db, scopeOf(household), { ...given, moveId: "x" })).toEqual(
      unknown,
    );
    const hers = await answerAsCooperative(db, mine, given);
    expect(hers).toEqual({ ok: false, reason: "households-word" });
    const refuse = () => answerAsHousehold(db, scopeOf(household), { moveId, answer: "refused" });
    expect(await refuse()).toEqual({ ok: true, isNew: true });
    expect(await refuse()).toEqual({ ok: true, isNew: false });
    const changed = await answerAsHousehold(db, scopeOf(household), given);
    expect(changed).toEqual({ ok: false, reason: "over" });
    expect(await homeOf(db, household)).toBe(mine.cooperativeId);
  });

  test("is its cooperative's where nobody of it has a phone", async () => {
    const { db } = database;
    const { mine, other, household, ask } = await makeTwo(db, { hasPhone: false });
    const moveId = await ask();
    expect(await readLeaving(db, mine)).toMatchObject([{ id: moveId, isOursToAnswer: true }]);
    const given = { moveId, answer: "agreed" } as const;
    expect(await answerAsCooperative(db, mine, given)).toEqual({ ok: true, isNew: true });
    expect(await homeOf(db, household)).toBe(other.cooperativeId);
    expect(await answerAsCooperative(db, mine, given)).toEqual({ ok: true, isNew: false });
  });

  test("given twice at once is one answer and one move", async () => {
    const { db } = database;
    const { other, household, ask, agree } = await makeTwo(db);
    const moveId = await ask();
    const lock = sql`select from household_moves where id = ${moveId} for update`;
    const both = await raceBehind(db, lock, 2, [() => agree(moveId), () => agree(moveId)]);
    expect(both.map((each) => each.ok && each.isNew).sort()).toEqual([false, true]);
    expect(await homeOf(db, household)).toBe(other.cooperativeId);
    const told = sql`select from messages where key = ${`move.done:${moveId}`}`;
    expect((await told.execute(db)).rows).toHaveLength(1);
  });
});
