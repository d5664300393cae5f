import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type MadeCooperative, makeCooperative, makeRegion } from "#tests/factories/people.ts";
import { makeSignIn } from "#tests/factories/sign-in.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { action, loader } from "./page.tsx";
import { readTemplateForm, templateValues } from "./template-fields.ts";

let database: TestDatabase;
let signIn: ReturnType<typeof makeSignIn>;
beforeAll(async () => {
  database = await createTestDatabase();
  signIn = makeSignIn(database.url);
  for (const county of ["440106", "540102", "650102"]) await makeRegion(database.db, county);
});
afterAll(async () => {
  await signIn.pool.end();
  await database.drop();
});

async function makeManager(cooperative: MadeCooperative) {
  const { headers, userId } = await signIn.signIn(signIn.nextPhone());
  await database.db
    .insertInto("cooperative_members")
    .values({ id: uuidv7(), cooperative_id: cooperative.id, user_id: userId, role: "manager" })
    .execute();
  return headers;
}

const argsOf = (headers: Headers, form?: Record<string, string>) => ({
  request: new Request("http://market.test/coop/freight", {
    ...{ method: form ? "POST" : "GET", headers },
    body: form && new URLSearchParams(form),
  }),
  context: { db: database.db, auth: signIn.auth, locale: "zh" },
  params: {},
});
const open = (headers: Headers) => loader(argsOf(headers) as unknown as LoaderFunctionArgs);

type Refused = { data: { errors: object; values: object; isOvertaken: boolean }; init: object };

async function send(headers: Headers, form: Record<string, string>) {
  const answer = await action(argsOf(headers, form) as unknown as ActionFunctionArgs);
  return answer instanceof Response
    ? { to: answer.headers.get("location") }
    : (answer as unknown as Refused);
}

/** The form as the page has it filled in. */
async function formOf(headers: Headers): Promise<Record<string, string>> {
  const { values, revision } = await open(headers);
  return { ...(values as Record<string, string>), revision: String(revision) };
}

const GUANGDONG = {
  ...{ "firstKg-1": "2", "firstYuan-1": "6.50", "addedKg-1": "０.５", "addedYuan-1": "1.3" },
  "way-44": "1",
};

describe("a manager's shipping template", () => {
  test("is changed as typed, to the gram and the fen, and tells who changed what", async () => {
    const cooperative = await makeCooperative(database.db);
    const [mine, hers] = [await makeManager(cooperative), await makeManager(cooperative)];
    const form = await formOf(mine);
    expect(form).toMatchObject({ firstKg: "5", firstYuan: "8.00", "remote-54": "yes" });
    const { "remote-65": _, ...rest } = form;
    const typed = { ...rest, ...GUANGDONG, "way-54": "none", freeFrom: "199" };
    expect(await send(mine, typed)).toEqual({ to: "/coop/freight?news=saved" });
    const after = {
      groups: [
        { provinces: ["44"], firstGrams: 2_000, firstFen: 650, addedGrams: 500, addedFen: 130 },
      ],
      ...{ firstGrams: 5_000, firstFen: 800, remoteFen: 1_000, freeFromFen: 19_900 },
      ...{ unservedProvinces: ["54"], remoteProvinces: ["54"] },
    };
    const { terms, changes, revision } = await open(mine);
    expect(terms).toMatchObject(after);
    expect(revision).toBe(1);
    expect(changes).toMatchObject([{ by: "me", before: { firstFen: 800, groups: [] }, after }]);
    const [seen] = (await open(hers)).changes;
    expect(seen).toMatchObject({ by: "other", tail: changes[0]?.tail });
    expect(changes[0]?.tail).toMatch(/^\d{4}$/);
    expect((await open(await makeManager(await makeCooperative(database.db)))).changes).toEqual([]);
  });

  test("sent again changes nothing, and does not write over what another saved meanwhile", async () => {
    const cooperative = await makeCooperative(database.db);
    const [mine, hers] = [await makeManager(cooperative), await makeManager(cooperative)];
    const form = await formOf(mine);
    const typed = { ...form, firstYuan: "9" };
    expect(await send(mine, typed)).toEqual({ to: "/coop/freight?news=saved" });
    expect(await send(mine, typed)).toEqual({ to: "/coop/freight?news=unchanged" });
    const late = { ...form, firstYuan: "7" };
    expect(await send(hers, late)).toMatchObject({
      data: { isOvertaken: true, values: { firstYuan: "7" } },
      init: { status: 409 },
    });
    const { terms, revision, changes } = await open(hers);
    expect([terms.firstFen, changes.length]).toEqual([900, 1]);
    const again = { ...late, revision: String(revision) };
    expect(await send(hers, again)).toEqual({ to: "/coop/freight?news=saved" });
  });

  test.each([
    [{ firstKg: "" }, { firstKg: "required" }],
    [{ firstKg: "0" }, { firstKg: "aboveZero" }],
    [{ firstKg: "1.005" }, { firstKg: "weightKg" }],
    [{ firstKg: "1001" }, { firstKg: "tooMany" }],
    [{ addedKg: "-1" }, { addedKg: "weightKg" }],
    [{ firstYuan: "1e3" }, { firstYuan: "amount" }],
    [{ firstYuan: "10000.01" }, { firstYuan: "tooMany" }],
    [{ addedYuan: "9".repeat(40) }, { addedYuan: "tooMany" }],
    [{ remoteYuan: "" }, { remoteYuan: "required" }],
    [{ freeFrom: "0" }, { freeFrom: "aboveZero" }],
    [{ "way-44": "9" }, { "way-44": "choose" }],
    [{ "way-44": "2" }, { "firstKg-2": "groupUnpriced", "addedYuan-2": "required" }],
    [{ ...GUANGDONG, "way-44": "none" }, { "firstKg-1": "groupUnused" }],
    [{ revision: "x" }, { revision: "invalid" }],
  ])(
    "with %j says what is wrong beside the field, keeps it, and saves nothing",
    async (wrong, errors) => {
      const cooperative = await makeCooperative(database.db);
      const headers = await makeManager(cooperative);
      const form = { ...(await formOf(headers)), ...(wrong as Record<string, string>) };
      expect(await send(headers, form)).toMatchObject({
        data: { errors, values: wrong },
        init: { status: 422 },
      });
      expect(await open(headers)).toMatchObject({ revision: 0, changes: [] });
    },
  );

  test("is in the form what it is in the database, and back", async () => {
    const cooperative = await makeCooperative(database.db);
    const headers = await makeManager(cooperative);
    await send(headers, { ...(await formOf(headers)), ...GUANGDONG, "way-65": "none" });
    const { terms } = await open(headers);
    const { template, errors } = readTemplateForm(templateValues(terms), ["44", "51", "54", "65"]);
    expect(errors).toEqual({});
    expect(terms).toMatchObject({ ...template });
    expect(await send(headers, await formOf(headers))).toEqual({
      to: "/coop/freight?news=unchanged",
    });
  });

  test("never puts a province into two groups, whoever writes it", async () => {
    const rate = { firstGrams: 1, firstFen: 1, addedGrams: 1, addedFen: 1 };
    const twice = [
      { provinces: ["44"], ...rate },
      { provinces: ["44"], ...rate },
    ];
    for (const groups of [twice, [{ provinces: ["44"], ...rate, addedGrams: 0 }], [{ ...rate }]]) {
      await expect(makeCooperative(database.db, { groups })).rejects.toThrow(/freight_groups/);
    }
  });
});
