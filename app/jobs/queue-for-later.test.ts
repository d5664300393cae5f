import { sql } from "kysely";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const DUE = new Date("2026-12-01T08:00:00Z");
const payload = JSON.stringify({ orderId: "0192" });

const addJob = (key: string) =>
  sql`
  select graphile_worker.add_job('expire-order', ${payload}::json, run_at => ${DUE},
    max_attempts => 12, job_key => ${key})`.execute(database.db);
const queueForLater = (key: string, due = DUE) =>
  sql`
  select queue_for_later('expire-order', ${payload}::json, ${due}, ${key})`.execute(database.db);

async function readJobs(key: string) {
  const { rows } = await sql<Record<string, unknown>>`
    select to_jsonb(j) - array['id', 'key', 'created_at', 'updated_at'] as job
    from graphile_worker._private_jobs j where key = ${key}`.execute(database.db);
  return rows.map((row) => row.job);
}

test("a job queued for later is the very job that add_job writes", async () => {
  await addJob("added");
  await queueForLater("later");
  expect(await readJobs("later")).toEqual(await readJobs("added"));
  expect(await readJobs("later")).toHaveLength(1);
});

test("a job of the same key that waits already is left as it is", async () => {
  await queueForLater("once");
  await queueForLater("once", new Date("2027-01-01T00:00:00Z"));
  const jobs = await readJobs("once");
  expect(jobs).toHaveLength(1);
  expect(jobs[0]).toMatchObject({ revision: 0, run_at: expect.stringContaining("2026-12-01") });
});

test("a task that was never heard of gets its number", async () => {
  await sql`select queue_for_later('brand-new', '{}'::json, now(), 'new')`.execute(database.db);
  await sql`select queue_for_later('brand-new', '{}'::json, now(), 'newer')`.execute(database.db);
  const { rows } = await sql<{ key: string }>`
    select key from graphile_worker.jobs where task_identifier = 'brand-new' order by key`.execute(
    database.db,
  );
  expect(rows).toEqual([{ key: "new" }, { key: "newer" }]);
});

test("the app's own role may queue, and nobody is woken", async () => {
  const listener = new pg.Client({ connectionString: database.url });
  await listener.connect();
  const heard: string[] = [];
  listener.on("notification", ({ payload: text }) => heard.push(text ?? ""));
  await listener.query('listen "jobs:insert"');
  await database.db.transaction().execute(async (trx) => {
    await sql`set local role tianji_app`.execute(trx);
    await sql`select queue_for_later('expire-order', '{}'::json, now(), 'quiet')`.execute(trx);
  });
  expect(await readJobs("quiet")).toHaveLength(1);
  // A notification that was sent stands before the answer to whatever is asked next.
  await listener.query("select 1");
  expect(heard).toEqual([]);
  await addJob("loud");
  await listener.query("select 1");
  expect(heard).toHaveLength(1);
  await listener.end();
});
