import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** What is prepared on the one connection that `work` has all the time. */
async function prepared(mark: string, work: (ask: (value: number) => Promise<number>) => unknown) {
  return database.db.connection().execute(async (db) => {
    await work(async (value) => {
      const { rows } = await sql<{ sum: number }>`
        select ${value}::int + 1 as sum, ${sql.lit(mark)} as mark`.execute(db);
      return rows[0]?.sum ?? Number.NaN;
    });
    const { rows } = await sql<{ uses: number }>`
      select generic_plans + custom_plans as uses from pg_prepared_statements
      where statement like ${`%'${mark}' as mark%`} and name <> ''`.execute(db);
    return rows.map(({ uses }) => uses);
  });
}

test("a statement that comes once or twice is not remembered", async () => {
  const seen = await prepared("rare", async (ask) => {
    await ask(1);
    await ask(2);
  });
  expect(seen).toEqual([]);
});

test("a statement that comes often is planned once, and answers for the values of each time", async () => {
  const sums: number[] = [];
  const seen = await prepared("often", async (ask) => {
    for (let value = 0; value < 10; value++) sums.push(await ask(value));
  });
  expect(sums).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(seen).toEqual([7]);
});

test("a statement without parameters, such as begin, is sent as it is", async () => {
  const { rows } = await database.db.connection().execute(async (db) => {
    for (let time = 0; time < 6; time++) await sql`select 'bare' as mark`.execute(db);
    return sql`select 1 from pg_prepared_statements where statement like ${"%bare%"} and name <> ''`.execute(
      db,
    );
  });
  expect(rows).toEqual([]);
});

test("a refused statement leaves the prepared one of its text in order", async () => {
  const divide = (by: number) => sql<{ part: number }>`select 100 / ${by}::int as part`;
  await database.db.connection().execute(async (db) => {
    for (let time = 0; time < 6; time++) await divide(4).execute(db);
    await expect(divide(0).execute(db)).rejects.toThrow("division by zero");
    expect((await divide(5).execute(db)).rows).toEqual([{ part: 20 }]);
  });
});
