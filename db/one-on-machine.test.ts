import { afterAll, beforeAll, expect, test } from "vitest";
import { waitUntilBlocked } from "#tests/setup/barrier.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { createDb, createPool } from "./client.ts";
import { oneOnMachine } from "./one-on-machine.ts";

let database: TestDatabase;
/** What two processes of this machine have. */
let web: ReturnType<typeof createDb>;
let worker: ReturnType<typeof createDb>;
beforeAll(async () => {
  database = await createTestDatabase();
  web = createDb(createPool(database.url, 1));
  worker = createDb(createPool(database.url, 1));
});
afterAll(async () => {
  await Promise.all([web.destroy(), worker.destroy()]);
  await database.drop();
});

/** Work that lasts until it is told to end. */
function longWork() {
  const [begun, ended] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const work = () => {
    begun.resolve();
    return ended.promise;
  };
  return { work, begun: begun.promise, end: ended.resolve };
}

test("two processes with one queue work one after the other, with two queues at once", async () => {
  const long = longWork();
  const first = oneOnMachine(web, "photos")(long.work);
  await long.begun;
  let hasBegun = false;
  const second = oneOnMachine(
    worker,
    "photos",
  )(async () => {
    hasBegun = true;
    return "done";
  });
  await waitUntilBlocked(database.db, 1);
  expect(hasBegun).toBe(false);
  long.end();
  await first;
  expect(await second).toBe("done");
  const other = longWork();
  const third = oneOnMachine(web, "photos")(other.work);
  await other.begun;
  expect(await oneOnMachine(worker, "letters")(async () => "at once")).toBe("at once");
  other.end();
  await third;
});

test("a process that has waited long enough works all the same, once", async () => {
  const long = longWork();
  const first = oneOnMachine(web, "photos")(long.work);
  await long.begun;
  let times = 0;
  const answer = await oneOnMachine(worker, "photos", 50)(async () => ++times);
  long.end();
  await first;
  expect([answer, times]).toEqual([1, 1]);
});

test("what goes wrong with the work is told its caller, is not tried again, and holds up nobody", async () => {
  let times = 0;
  const failing = oneOnMachine(
    web,
    "photos",
  )(async () => {
    times += 1;
    throw new Error("a photo that nobody can read");
  });
  await expect(failing).rejects.toThrow("nobody can read");
  expect(times).toBe(1);
  expect(await oneOnMachine(worker, "photos")(async () => "next")).toBe("next");
});

test("without a database the work is done all the same", async () => {
  const away = createDb(createPool("postgres://nobody@127.0.0.1:1/none", 1));
  let times = 0;
  expect(await oneOnMachine(away, "photos")(async () => ++times)).toBe(1);
  await away.destroy();
});
