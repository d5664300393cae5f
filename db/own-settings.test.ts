import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, openAsApp, type TestDatabase } from "#tests/setup/database.ts";
import { createDb, createPool } from "./client.ts";

const ODD = {
  datestyle: "'German, DMY'",
  intervalstyle: "'sql_standard'",
  timezone: "'America/Los_Angeles'",
  standard_conforming_strings: "off",
  default_transaction_isolation: "'serializable'",
};

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  const name = new URL(database.url).pathname.slice(1);
  for (const [setting, value] of Object.entries(ODD)) {
    await sql`alter database ${sql.table(name)} set ${sql.raw(`${setting} = ${value}`)}`.execute(
      database.db,
    );
  }
});
afterAll(() => database.drop());

describe("a database for which somebody has set other ways to write dates, zones and strings", () => {
  test.each(["the owner", "the market's role"])("is read and meant the same by %s", async (who) => {
    const db = who === "the owner" ? createDb(createPool(database.url, 1)) : openAsApp(database);
    const { rows } = await sql`
      select '2026-11-03T17:30:00Z'::timestamptz as at, '2026-11-03'::date as day,
        ('2026-11-03T17:30:00Z'::timestamptz)::date::text as "dayOfIt", 'a\\b' as text,
        current_setting('transaction_isolation') as isolation, current_user::text as who`.execute(
      db,
    );
    expect(rows).toEqual([
      {
        at: new Date("2026-11-03T17:30:00Z"),
        day: "2026-11-03",
        dayOfIt: "2026-11-03",
        text: "a\\b",
        isolation: "read committed",
        who: who === "the owner" ? "postgres" : "tianji_app",
      },
    ]);
    await db.destroy();
  });

  test("keeps its own limits of time", async () => {
    const url = new URL(database.url);
    url.searchParams.set("options", "-c statement_timeout=4321 -c datestyle=SQL");
    const db = createDb(createPool(url.href, 1));
    const { rows } = await sql`select current_setting('statement_timeout') as "limit",
      current_setting('datestyle') as style`.execute(db);
    expect(rows).toEqual([{ limit: "4321ms", style: "ISO, YMD" }]);
    await db.destroy();
  });
});
