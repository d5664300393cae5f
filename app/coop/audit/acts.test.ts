import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { filterOf } from "#app/acts/shown-act.ts";
import { ACTS } from "#app/domain/audit/acts.ts";
import { noteAct } from "#app/domain/audit/note-act.ts";
import { type ActFilter, readActs } from "#app/domain/audit/read-acts.ts";
import { messages } from "#app/i18n/messages.ts";
import { makeCooperative } from "#tests/factories/people.ts";
import { coopScope } from "#tests/factories/scopes.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** Every act that the domain's files write by its whole name. */
function writtenActs(): string[] {
  const domain = join(import.meta.dirname, "../../domain");
  const files = readdirSync(domain, { recursive: true, encoding: "utf8" });
  const code = files.filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts"));
  return code.flatMap((path) => {
    const text = readFileSync(join(domain, path), "utf8");
    if (!/noteAct|noteRun|audit_log/.test(text)) return [];
    return [...text.matchAll(/(?:action|ACTION)\b[^\n]*/gi)]
      .flatMap(([line]) => [...line.matchAll(/"([a-z-]+\.[a-z-]+)"/g)])
      .map(([, act]) => act ?? "");
  });
}

/** What the market and its operator do, which no cooperative is shown. */
const MARKETS_ACTS = ["ledger", "refund", "review"];
const isMarkets = (act: string) => MARKETS_ACTS.some((word) => act.startsWith(`${word}.`));

test("every act that is written has words in both languages", () => {
  const written = writtenActs().filter((act) => !isMarkets(act));
  expect(written.length).toBeGreaterThan(15);
  expect(written.filter((act) => !ACTS.some((known) => known === act))).toEqual([]);
  for (const locale of ["zh", "en"] as const) {
    const words = messages[locale].audit.act as Record<string, Record<string, string>>;
    const without = ACTS.filter((act) => {
      const [of = "", what = ""] = act.split(".");
      return !words[of]?.[what];
    });
    expect(without).toEqual([]);
  }
});

test("a cooperative sees what its people did for it, page by page, and nothing of another's", async () => {
  const { db } = database;
  const mine = await makeCooperative(db);
  const other = await makeCooperative(db);
  const [ada, bea] = [uuidv7(), uuidv7()];
  const member = { cooperative_id: mine.id, user_id: "ada", role: "manager", name: "Ada" };
  const members = [
    { id: ada, ...member },
    { id: bea, ...member, user_id: "bea", name: "Bea", ended_at: new Date() },
  ];
  await db.insertInto("cooperative_members").values(members).execute();
  const note = (actor: string, action: string, id: string) =>
    db.transaction().execute((trx) =>
      noteAct(trx, {
        actor,
        action,
        subject: { type: "cooperative", id },
        after: { weekday: 1 },
      }),
    );
  await note("ada", "payout-day.set", mine.id);
  await note("bea", "freight.set", mine.id);
  await note("ada", "freight.set", mine.id);
  await note("ada", "freight.set", other.id);
  await note("stranger", "freight.set", mine.id);
  const scope = coopScope({ userId: "ada", cooperativeId: mine.id });
  const all = { memberId: null, action: null, day: null };
  const read = async (filter: Partial<ActFilter>, page = {}) => {
    const { acts, olderBefore } = await readActs(db, scope, { ...all, ...filter }, page);
    return { acts: acts.map(({ name, action }) => `${name} ${action}`), olderBefore };
  };
  const three = ["Ada freight.set", "Bea freight.set", "Ada payout-day.set"];
  expect((await read({})).acts).toEqual(three);
  const first = await read({}, { most: 2 });
  expect(first.acts).toEqual(three.slice(0, 2));
  expect((await read({}, { most: 2, before: first.olderBefore })).acts).toEqual(three.slice(2));
  expect((await read({ memberId: bea })).acts).toEqual([three[1]]);
  expect((await read({ action: "payout-day.set" })).acts).toEqual([three[2]]);
  expect((await read({ day: "2020-01-01" })).acts).toEqual([]);
  const none = new URLSearchParams("who=nobody&what=payout-day.made&day=2026-02-30");
  expect(filterOf(none)).toEqual(all);
  const asked = new URLSearchParams({ who: bea, what: "freight.set", day: "2026-11-22" });
  expect(filterOf(asked)).toEqual({ memberId: bea, action: "freight.set", day: "2026-11-22" });
});
