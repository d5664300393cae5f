import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { actingFrom } from "#app/security/acting-from.ts";
import type { DB } from "#db/schema.d.ts";
import { createTestDatabase, openAsApp, type TestDatabase } from "#tests/setup/database.ts";
import { forgetOrigins } from "./forget-origins.ts";
import { type NotedAct, noteAct } from "./note-act.ts";

let database: TestDatabase;
let app: Kysely<DB>;
beforeAll(async () => {
  database = await createTestDatabase();
  app = openAsApp(database);
});
afterAll(async () => {
  await app.destroy();
  await database.drop();
});

const HERE = { network: "203.0.113.0/24", device: "android chrome" };
const THERE = { network: "2001:db8:12::/48", device: "pc edge" };
const MARKET = { network: null, device: null };

/** Notes an act as the market's own role does, and says what it was about. */
async function note(act: Partial<NotedAct> = {}): Promise<string> {
  const id = uuidv7();
  const subject = { type: "cooperative", id };
  await app
    .transaction()
    .execute((trx) => noteAct(trx, { actor: "ada", action: "freight.set", subject, ...act }));
  return id;
}

async function originsOf(about: string) {
  const { rows } = await sql<{ network: string | null; device: string | null }>`
    select network::text, device from audit_log log join act_origins o on o.act_id = log.id
    where log.subject_id = ${about}`.execute(app);
  return rows;
}

describe("from where an act was done", () => {
  test("is kept with it, however many act at once", async () => {
    const [hers, his, jobs] = await Promise.all([
      actingFrom(HERE, () => note()),
      actingFrom(THERE, async () => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        return note();
      }),
      note(),
    ]);
    expect(await originsOf(hers)).toEqual([HERE]);
    expect(await originsOf(his)).toEqual([THERE]);
    expect(await originsOf(jobs)).toEqual([MARKET]);
  });

  test("is the market itself for what a rule did in somebody's request", async () => {
    const ruled = await actingFrom(HERE, () => note({ actor: "ada", isByRule: true }));
    expect(await originsOf(ruled)).toEqual([MARKET]);
    expect(await originsOf(await note({ actor: null }))).toEqual([]);
    const guests = await actingFrom(HERE, () => note({ actor: null }));
    expect(await originsOf(guests)).toEqual([HERE]);
  });

  test.each([
    ["203.0.113.77/32", "android chrome"],
    ["2001:db8:12:34::/64", "pc edge"],
    ["203.0.113.0/24", "Mozilla/5.0 (Linux; Android 10)"],
    ["203.0.113.0/24", null],
  ])("is never a whole address nor what a browser says: %s %s", async (network, device) => {
    const origin = { network, device } as typeof HERE;
    await expect(actingFrom(origin, () => note())).rejects.toThrow("violates check constraint");
  });

  test("is not changed and not deleted by the market, which cannot make it older either", async () => {
    const id = await actingFrom(HERE, () => note());
    for (const change of ["update act_origins set device = null", "delete from act_origins"]) {
      await expect(sql.raw(change).execute(app)).rejects.toThrow("permission denied");
    }
    const { rows } = await sql<{ id: string }>`insert into audit_log (id, action, subject_type,
      subject_id) values (${uuidv7()}, 'freight.set', 'cooperative', ${id})
      returning id`.execute(app);
    await sql`insert into act_origins (act_id, device, created_at)
      values (${rows[0]?.id}, 'pc edge', '2020-01-01')`.execute(app);
    expect(await forgetOrigins(app)).toBe(0);
    expect(await originsOf(id)).toHaveLength(2);
  });

  test("is forgotten after a year, and what was done is not", async () => {
    const [old, young] = [
      await actingFrom(HERE, () => note()),
      await actingFrom(THERE, () => note()),
    ];
    await sql`update act_origins set created_at = now() - interval '366 days' where act_id in
      (select id from audit_log where subject_id = ${old})`.execute(database.db);
    expect(await forgetOrigins(app)).toBe(1);
    expect(await originsOf(old)).toEqual([]);
    expect(await originsOf(young)).toEqual([THERE]);
    const { rows } = await sql`select from audit_log where subject_id = ${old}`.execute(app);
    expect(rows).toHaveLength(1);
  });

  test("is missed by no act: one function alone writes the log", () => {
    const root = join(import.meta.dirname, "../..");
    const files = readdirSync(root, { recursive: true, encoding: "utf8" });
    const writers = files
      .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts"))
      .filter((path) =>
        /insertInto\("audit_log"\)|insert into audit_log/.test(
          readFileSync(join(root, path), "utf8"),
        ),
      );
    expect(writers).toEqual(["domain/audit/note-act.ts"]);
  });
});
