import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import { at, makePayoutDesk } from "#tests/factories/payout-desk.ts";
import { makeSignIn } from "#tests/factories/sign-in.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { loader as payouts, action as prepare } from "./page.tsx";
import { loader as read } from "./run.tsx";

let database: TestDatabase;
let signIn: ReturnType<typeof makeSignIn>;
let headers: Headers;
beforeAll(async () => {
  database = await createTestDatabase();
  signIn = makeSignIn(database.url);
  const desk = { earnings: [1_000, 2_500], roles: ["manager"] as const };
  const { people } = await makePayoutDesk({ database, signIn }, desk);
  headers = people[0]?.headers ?? new Headers();
});
afterAll(async () => {
  await signIn.pool.end();
  await database.drop();
});

const look = (search: Record<string, string>) =>
  at({ database, signIn }, payouts, { headers, search });
const tomorrow = () => shanghaiDay(new Date(Date.now() + 86_400_000));

test.each([
  ["until", "2026-02-30", "date"],
  ["until", "yesterday", "date"],
  ["until", "0001-01-01", "soldTooEarly"],
  ["minimum", "-1", "amount"],
  ["minimum", "1.005", "amount"],
  ["minimum", "100000.01", "tooMany"],
  ["minimum", "1".repeat(400), "tooMany"],
])("%s of %s is told beside its field, and what was typed stays", async (name, typed, error) => {
  const { status, data } = await look({ [name]: typed });
  expect(status).toBe(200);
  expect(data).toMatchObject({ asked: { values: { [name]: typed }, errors: { [name]: error } } });
});

test("a day to come is refused, as a preview and as a run", async () => {
  const { data } = await look({ until: tomorrow() });
  expect(data).toMatchObject({ asked: { errors: { until: "soldInFuture" } } });
  const body = { clientKey: uuidv7(), until: tomorrow(), minimum: "" };
  const sent = await at({ database, signIn }, prepare, { headers, body });
  expect(sent).toMatchObject({ status: 422, data: { problem: "stale-form" } });
});

test("what is shown is what is prepared, and showing it prepares nothing", async () => {
  const terms = { until: shanghaiDay(new Date()), minimum: "２0" };
  for (const _ of [1, 2]) {
    const { data } = await look(terms);
    expect(data).toMatchObject({ payableFen: 2_500, runs: [], open: null, asked: { errors: {} } });
  }
  expect((await look({ until: "2026-01-01" })).data).toMatchObject({ payableFen: 0 });
  expect((await look({ until: "", minimum: " " })).data).toMatchObject({ payableFen: 3_500 });
  expect((await look({ until: "", minimum: "0" })).data).toMatchObject({ payableFen: 3_500 });
  const body = { clientKey: uuidv7(), ...terms };
  const sent = await at({ database, signIn }, prepare, { headers, body });
  expect(sent.status).toBe(303);
  const params = { runId: sent.to.split("/").at(-1) ?? "" };
  expect((await at({ database, signIn }, read, { headers, params })).data).toMatchObject({
    run: { totalFen: 2_500, soldUntil: terms.until, minimumFen: 2_000 },
  });
  // The page gone back to is the same run; on other terms it says so, and prepares nothing.
  const again = (said: object) =>
    at({ database, signIn }, prepare, { headers, body: { ...body, ...said } });
  expect((await again({})).to).toBe(sent.to);
  for (const other of [{ until: "" }, { minimum: "5" }]) {
    const { status, data } = await again(other);
    const refused = { problem: "prepared-before", runId: params.runId };
    expect({ status, data }).toEqual({ status: 409, data: refused });
  }
});
