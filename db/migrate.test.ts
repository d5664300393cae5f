import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { queueJob } from "#app/domain/queue/queue-job.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { migrate } from "./migrate.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test("the app's role may queue a job and work it", async () => {
  const seen = await database.db.transaction().execute(async (trx) => {
    await sql`set local role tianji_app`.execute(trx);
    await queueJob(trx, "index-listing", { listingId: "of-no-listing" }, { key: "once" });
    return sql<{ key: string }>`select key from graphile_worker._private_jobs`.execute(trx);
  });
  expect(seen.rows).toEqual([{ key: "once" }]);
});

test("migrating again changes nothing", async () => {
  expect(await migrate(database.url)).toEqual([]);
});
