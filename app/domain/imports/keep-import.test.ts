import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { actingFrom } from "#app/security/acting-from.ts";
import { importRows, keepTable, makeImportCoop } from "#tests/factories/imports.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { keepImport, readKeptImport, startImport } from "./keep-import.ts";
import { takeImport } from "./take-import.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test("a form sent twice is one file, and gone back to with a mended table it is another", async () => {
  const { db } = database;
  const { listings, scope } = await makeImportCoop(db);
  const clientKey = uuidv7();
  const send = async (yuan: string) => {
    const rows = await importRows("prices", Buffer.from(`商品编号,新价\n${listings[0]},${yuan}`));
    return (await keepImport(db, scope, { clientKey, kind: "prices", rows })).importId;
  };
  const first = await send("26");
  expect(await send("26")).toBe(first);
  const mended = await readKeptImport(db, scope, await send("27"));
  expect(mended?.rows).toMatchObject([{ value: { newPrice: 2_700 } }]);
  expect(mended?.id).not.toBe(first);
});

test("of a file that was stopped halfway only what was gone through is told", async () => {
  const { db } = database;
  const { listings, scope } = await makeImportCoop(db);
  const [one, two] = listings;
  const importId = await keepTable(db, scope, "prices", `商品编号,新价\n${one},26\n${two},27`);
  await startImport(db, scope, { importId, isWhole: false });
  expect((await readKeptImport(db, scope, importId))?.rows).toHaveLength(2);
  await sql`update imports set outcome = '[{"verdict": "take"}]' where id = ${importId}`.execute(
    db,
  );
  const hers = db.updateTable("cooperative_members").where("user_id", "=", scope.userId);
  await hers.set({ role: "packer" }).execute();
  await takeImport(db, { importId });
  const stopped = await readKeptImport(db, scope, importId);
  expect(stopped?.state).toBe("stopped");
  expect(stopped?.rows).toMatchObject([{ line: 2, verdict: { verdict: "take" } }]);
});

test("the record has once who had it taken and from where, though the worker takes it", async () => {
  const { db } = database;
  const { listings, scope } = await makeImportCoop(db);
  const importId = await keepTable(db, scope, "prices", `商品编号,新价\n${listings[0]},26`);
  const start = () => startImport(db, scope, { importId, isWhole: true });
  await actingFrom({ network: "203.0.113.0/24", device: "pc edge" }, start);
  await actingFrom({ network: "198.51.100.0/24", device: "android chrome" }, start);
  await takeImport(db, { importId });
  const { rows } = await sql`
    select action, actor_user_id as by, network::text, after from audit_log log
    join act_origins o on o.act_id = log.id
    where log.subject_id = ${importId} order by log.id`.execute(db);
  expect(rows).toEqual([
    {
      ...{ action: "import.started", by: scope.userId, network: "203.0.113.0/24" },
      after: { lines: 1 },
    },
    {
      ...{ action: "import.taken", by: scope.userId, network: null },
      after: { taken: 1, lines: 1 },
    },
  ]);
});
