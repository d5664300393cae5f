import type { LoaderFunctionArgs } from "@remix-run/node";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { createDb, createPool } from "#db/client.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";

let database: TestDatabase;
let health: typeof import("./health.ts");
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  // What is remembered for a second belongs to the test before.
  vi.resetModules();
  health = await import("./health.ts");
});

const part = (isUp: boolean) => ({ healthy: vi.fn(async () => isUp) });

async function ask(parts: { search?: object; payments?: object; db?: TestDatabase["db"] } = {}) {
  const context = { db: database.db, search: part(true), payments: part(true), ...parts };
  const answer = await health.loader({ context } as unknown as LoaderFunctionArgs);
  return { status: answer.status, body: await answer.json() };
}

const beat = (secondsAgo: number) =>
  sql`
  insert into heartbeats (name, beat_at)
  values ('worker', now() - make_interval(secs => ${secondsAgo}))
  on conflict (name) do update set beat_at = excluded.beat_at`.execute(database.db);

test("all is well when every part answers and the worker's heart beats", async () => {
  await beat(1);
  expect(await ask()).toEqual({
    status: 200,
    body: {
      status: "ok",
      database: "up",
      search: "up",
      payments: "up",
      worker: "up",
      paymentsAskedSecondsAgo: 0,
    },
  });
});

test("a worker silent for 21 seconds, search or payments away: degraded, but serving", async () => {
  await beat(21);
  expect(await ask({ search: part(false), payments: part(false) })).toEqual({
    status: 200,
    body: {
      status: "degraded",
      database: "up",
      search: "down",
      payments: "down",
      worker: "down",
      paymentsAskedSecondsAgo: 0,
    },
  });
});

test("without a database nothing can be served nor said of the worker: 503, and no word of where it should be", async () => {
  const db = createDb(createPool("postgres://secret:secret@127.0.0.1:4648/none", 1));
  const { status, body } = await ask({ db });
  expect(status).toBe(503);
  expect(body).toMatchObject({ status: "down", database: "down", worker: "unknown" });
  expect(JSON.stringify(body)).not.toMatch(/secret|4648/);
  await db.destroy();
});

test("a hundred looks in one second ask the parts once", async () => {
  const search = part(true);
  await Promise.all(Array.from({ length: 100 }, () => ask({ search })));
  expect(search.healthy).toHaveBeenCalledTimes(1);
});

test("a second later payments are not asked again, and the answer says how old it is", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const payments = part(true);
  await ask({ payments });
  vi.advanceTimersByTime(3_000);
  payments.healthy.mockResolvedValue(false);
  expect((await ask({ payments })).body).toMatchObject({
    payments: "up",
    paymentsAskedSecondsAgo: 3,
  });
  vi.advanceTimersByTime(3_000);
  expect((await ask({ payments })).body).toMatchObject({
    ...{ payments: "down", paymentsAskedSecondsAgo: 0 },
  });
  expect(payments.healthy).toHaveBeenCalledTimes(2);
  vi.useRealTimers();
});
