import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { createLogger } from "./log.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** The lines that a logger writes while `work` uses it. */
function linesOf(work: (log: ReturnType<typeof createLogger>) => void): string {
  const lines: string[] = [];
  work(createLogger("test", "info", { write: (line) => void lines.push(line) }));
  return lines.join("");
}

test("a refused row's address stays out of the log, its constraint does not", async () => {
  const failing = sql`insert into addresses (id, user_id, recipient, phone, region_code, street)
    values (gen_random_uuid(), 'u', '王小明', 'abc', '999999', '世纪大道1号')`.execute(database.db);
  const error = await failing.then(
    () => null,
    (refused: unknown) => refused,
  );
  const line = linesOf((log) => log.error({ err: error }, "a page failed"));
  expect(line).toContain("addresses_phone_check");
  for (const word of ["王小明", "世纪大道", "abc"]) expect(line).not.toContain(word);
});

test("what could name a person is cut out where a caller forgets", () => {
  const person = { phone: "+8613800138000", code: "123456", address: "世纪大道1号", text: "您好" };
  const line = linesOf((log) => log.info({ ...person, order: person }, "said too much"));
  for (const value of Object.values(person)) expect(line).not.toContain(value);
  expect(line).toContain("[removed]");
});

test("another error keeps its message and where it happened", () => {
  const line = linesOf((log) =>
    log.error({ err: new RangeError("7.5 is no whole fen") }, "failed"),
  );
  expect(line).toContain("7.5 is no whole fen");
  expect(line).toContain("log.test.ts");
});
