import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeApplication, makeManager, registerCodeOf } from "#tests/factories/joining.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { raceBehind } from "#tests/setup/barrier.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { readRoles } from "../people/read-roles.ts";
import { joinHousehold } from "./join-household.ts";
import { openHousehold } from "./open-household.ts";
import { readApplication } from "./read-applications.ts";
import { readProgrammes } from "./read-programmes.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const opening = sql`select pg_advisory_xact_lock(hashtextextended('open-household', 0))`;
const householdOf = async ({ userId }: { userId: string }) =>
  (await readRoles(database.db, userId)).household?.householdId ?? null;

const name = { villageZh: "树河镇", villageEn: "Shuhe", familyZh: "曲比", familyEn: "Qubi" };
async function openingOf(applicationId: string, cooperativeId: string) {
  const [programme] = await readProgrammes(database.db, { cooperativeId });
  return { applicationId, headName: "曲比阿妹", name, programmeId: programme?.id ?? "" };
}

describe("an application whose register code another cooperative's household has", () => {
  test("cannot be approved here, and nothing of that household is told", async () => {
    const { db } = database;
    const { scope } = await makeManager(db);
    const theirs = await makeHousehold(db);
    const registerCode = await registerCodeOf(db, theirs);
    const { applicationId } = await makeApplication(db, scope.cooperativeId, { registerCode });
    const page = await readApplication(db, scope, applicationId);
    expect(page).toMatchObject({ isOpen: true, match: { kind: "elsewhere" } });
    expect(JSON.stringify(page)).not.toMatch(
      new RegExp(`${theirs.id}|${theirs.cooperativeId}|吉克`),
    );
    const refused = { ok: false, reason: "household-changed" };
    expect(await joinHousehold(db, scope, { applicationId, householdId: theirs.id })).toEqual(
      refused,
    );
    const open = await openingOf(applicationId, scope.cooperativeId);
    expect(await openHousehold(db, scope, open)).toEqual(refused);
  });
});

describe("an application whose register code nobody has", () => {
  test("opens the household, with an alias that says nothing and the next relief account", async () => {
    const { db } = database;
    const { scope, cooperative } = await makeManager(db);
    await makeHousehold(db, { cooperative, reliefCode: "LS-004711" });
    const { applicationId, ...person } = await makeApplication(db, cooperative.id);
    expect(await readApplication(db, scope, applicationId)).toMatchObject({
      match: { kind: "none", name: { villageEn: "Shuhe" }, programmes: [{ prefix: "LS" }] },
    });
    const open = await openingOf(applicationId, cooperative.id);
    const [first, again] = [
      await openHousehold(db, scope, open),
      await openHousehold(db, scope, open),
    ];
    expect(first).toMatchObject({ ok: true });
    expect(again).toEqual(first);
    const id = await householdOf(person);
    const { rows } = await sql`
      select h.alias_zh, h.alias_en, h.head_name, h.region_code, h.helper_name, r.code,
        l.code as ledger, l.kind
      from households h join relief_accounts r on r.household_id = h.id
      join ledger_accounts l on l.id = r.ledger_account_id where h.id = ${id}`.execute(db);
    expect(rows).toEqual([
      {
        alias_zh: expect.stringMatching(/^曲比家 · 树河镇 · [2-9A-HJ-NP-Z]{4}$/),
        alias_en: expect.stringMatching(/^Qubi family · Shuhe · [2-9A-HJ-NP-Z]{4}$/),
        ...{ head_name: "曲比阿妹", region_code: cooperative.regionCode, helper_name: "王干部" },
        ...{ code: "LS-004712", ledger: "relief:LS-004712", kind: "liability" },
      },
    ]);
  });

  test("opens one household of a code when two cooperatives do at once, and two of two codes with accounts of their own", async () => {
    const { db } = database;
    const [one, two] = [await makeManager(db), await makeManager(db)];
    const first = await makeApplication(db, one.cooperative.id);
    const { register_code: registerCode } = await db
      .selectFrom("household_applications")
      .select("register_code")
      .where("id", "=", first.applicationId)
      .executeTakeFirstOrThrow();
    const same = await makeApplication(db, two.cooperative.id, { registerCode });
    const other = await makeApplication(db, two.cooperative.id);
    const openings = [
      { ...one, open: await openingOf(first.applicationId, one.cooperative.id) },
      { ...two, open: await openingOf(same.applicationId, two.cooperative.id) },
      { ...two, open: await openingOf(other.applicationId, two.cooperative.id) },
    ];
    const answers = await raceBehind(
      db,
      opening,
      3,
      openings.map(
        ({ scope, open }) =>
          () =>
            openHousehold(db, scope, open),
      ),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(2);
    expect(answers[2]).toMatchObject({ ok: true });
    expect(answers).toContainEqual({ ok: false, reason: "household-changed" });
    const loser = answers[0]?.ok ? same : first;
    expect(await householdOf(loser)).toBeNull();
  });

  test("opens none under a programme that is not the county's", async () => {
    const { db } = database;
    const { scope, cooperative } = await makeManager(db);
    await makeHousehold(db, { cooperative });
    await sql`insert into programmes (id, code, name_zh, name_en)
      values (gen_random_uuid(), 'XX-2026', '别县', 'Elsewhere')`.execute(db);
    const { applicationId } = await makeApplication(db, cooperative.id);
    const { id: programmeId } = await db
      .selectFrom("programmes")
      .select("id")
      .where("code", "=", "XX-2026")
      .executeTakeFirstOrThrow();
    const open = { ...(await openingOf(applicationId, cooperative.id)), programmeId };
    expect(await openHousehold(db, scope, open)).toEqual({ ok: false, reason: "no-programme" });
    const elsewhere = await makeCooperative(db, { regionCode: "110101" });
    const all = await readProgrammes(db, { cooperativeId: elsewhere.id });
    expect(all.map(({ prefix }) => prefix).sort()).toEqual(["LS", "XX"]);
  });
});
