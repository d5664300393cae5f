import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CoopLine, type Fields, openCoopLine } from "#tests/factories/coop-line.ts";
import { smallPhoto } from "#tests/factories/farm.ts";
import { type MadeHousehold, makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { coopScope } from "#tests/factories/scopes.ts";
import * as cards from "./cards.tsx";
import * as days from "./days.tsx";
import { keeperKey } from "./keeper.ts";
import * as kept from "./kept.ts";
import * as page from "./page.tsx";
import * as photo from "./photo.ts";
import * as slip from "./slip.tsx";
import * as weighInPage from "./weigh-in.tsx";

let line: CoopLine;
let household: MadeHousehold;
let twin: MadeHousehold;
let cookie: string;
let userId: string;
beforeAll(async () => {
  line = await openCoopLine({
    ...{ "coop/intake": page, "coop/intake/kept": kept, "coop/intake/days": days },
    ...{ "coop/intake/cards": cards, "coop/intake/photos/:photoId": photo },
    ...{ "coop/intake/:weighInId": weighInPage, "coop/intake/:weighInId/slip": slip },
  });
  const cooperative = await makeCooperative(line.db);
  household = await makeHousehold(line.db, { cooperative, headName: "吉克阿果" });
  twin = await makeHousehold(line.db, { cooperative, headName: "吉克阿且" });
  await makeHousehold(line.db, { cooperative, headName: "吉克阿且" });
  cookie = await line.signInAs("cooperative", cooperative.id);
  const { rows } = await sql<{ id: string }>`select user_id as id from cooperative_members
    where cooperative_id = ${cooperative.id}`.execute(line.db);
  userId = rows[0]?.id ?? "";
});
afterAll(() => line.close());

const form = (of: Fields = {}): Fields => ({
  ...{ household: "吉克阿果", category: "pear", grade: "first", gross: "10.4", tare: "0.4" },
  ...{ clientKey: uuidv7() },
  ...of,
});
const codeOf = async ({ id }: MadeHousehold) =>
  (
    await line.db
      .selectFrom("households")
      .select("intake_code")
      .where("id", "=", id)
      .executeTakeFirstOrThrow()
  ).intake_code;
const weighed = async (of: Fields = {}) => {
  const answer = await line.post("/coop/intake", cookie, form(of), true);
  return /^303 \/coop\/intake\?after=([0-9a-f-]{36})$/.exec(answer)?.[1] ?? answer;
};
const rowOf = (id: string) =>
  line.db.selectFrom("weigh_ins").selectAll().where("id", "=", id).executeTakeFirstOrThrow();

/** What a phone sends that had kept it, and what it is answered. */
async function sendKept(of: Fields = {}, keeper = keeperOf()) {
  const body = new FormData();
  for (const [name, value] of Object.entries(form(of))) body.append(name, value);
  const headers = new Headers({ cookie, "Scale-Keeper": keeper });
  const args = line.farm.args(headers, body, "/coop/intake/kept");
  const answer = await kept.action({ ...args, params: {} });
  return { status: answer.status, body: await answer.json() };
}
const keeperOf = () => keeperKey(coopScope({ userId, cooperativeId: household.cooperativeId }));

describe("the scale's form", () => {
  test("notes a weigh-in by the card's number or the head's name, and leads to the next one", async () => {
    for (const typed of [await codeOf(household), "吉克阿果", " 吉克阿果 "]) {
      const id = await weighed({ household: typed });
      expect(await rowOf(id)).toMatchObject({
        ...{ household_id: household.id, gross_grams: 10_400, net_grams: 10_000 },
        ...{ weighed_by: userId, category_code: "pear" },
      });
    }
  });

  test("asks who a card is of before anything is on the scale", async () => {
    const answer = await line.post("/coop/intake", cookie, form({ gross: "" }), true);
    expect(answer).toBe("200");
    expect(
      await line.post("/coop/intake", cookie, form({ gross: "", household: "谁" }), true),
    ).toBe("422");
  });

  test("asks which of several households of one name is meant", async () => {
    const several = form({ household: "吉克阿且" });
    expect(await line.post("/coop/intake", cookie, several, true)).toBe("422");
    const id = await weighed({ household: "吉克阿且", householdId: twin.id });
    expect((await rowOf(id)).household_id).toBe(twin.id);
  });

  test.each([
    ["no household", { household: "" }],
    ["nobody's name", { household: "谁也不是" }],
    ["another cooperative's household", { household: "外社的人" }],
    ["no crop", { category: "" }],
    ["no weight", { gross: "十斤" }],
    ["a tare above the gross", { tare: "11" }],
    ["no key", { clientKey: "x" }],
  ])("refuses %s and keeps nothing", async (_what, of) => {
    await makeHousehold(line.db, { headName: "外社的人" });
    const before = await line.db.selectFrom("weigh_ins").select("id").execute();
    expect(await line.post("/coop/intake", cookie, form(of), true)).toBe("422");
    expect(await line.db.selectFrom("weigh_ins").select("id").execute()).toEqual(before);
  });

  test("sent twice is one weigh-in", async () => {
    const clientKey = uuidv7();
    expect(await weighed({ clientKey })).toBe(await weighed({ clientKey }));
  });

  test("another basket by a form that was sent before is asked about, never taken for noted", async () => {
    const clientKey = uuidv7();
    const first = await weighed({ clientKey });
    const others: Fields[] = [{ gross: "77.5" }, { grade: "second" }];
    for (const other of others) {
      expect(await line.post("/coop/intake", cookie, form({ clientKey, ...other }), true)).toBe(
        "409",
      );
    }
    expect(await weighed({ clientKey })).toBe(first);
    expect(await weighed({ gross: "77.5", clientKey: uuidv7() })).not.toBe(first);
  });

  test("takes a photo, which its cooperative alone can see", async () => {
    const id = await weighed({ photo: await smallPhoto() });
    const path = `/coop/intake/photos/${(await rowOf(id)).photo_id}`;
    expect(await line.get(path, cookie)).toBe(200);
    const stranger = await line.signInAs("cooperative", (await makeCooperative(line.db)).id);
    for (const theirs of [path, `/coop/intake/${id}`, `/coop/intake/${id}/slip`]) {
      expect(await line.get(theirs, stranger)).toBe(404);
    }
    expect(await line.get(`/coop/intake/cards?household=${household.id}`, stranger)).toBe(404);
    expect(await line.get(`/coop/intake/cards?household=${household.id}`, cookie)).toBe(200);
  });

  test("is corrected with a reason, and only once", async () => {
    const id = await weighed();
    const path = `/coop/intake/${id}`;
    const wrong = {
      what: "weights",
      gross: "9",
      tare: "9",
      clientKey: uuidv7(),
      reason: "misread",
    };
    expect(await line.post(path, cookie, wrong)).toBe("422");
    expect(await line.post(path, cookie, { ...wrong, tare: "1", reason: "" })).toBe("422");
    const clientKey = uuidv7();
    const done = await line.post(path, cookie, { ...wrong, tare: "1", clientKey });
    expect(done).toMatch(/^303 \/coop\/intake\/[0-9a-f-]{36}\?done=corrected$/);
    expect(await line.post(path, cookie, { ...wrong, tare: "1", clientKey })).toBe(done);
    const same = { ...wrong, tare: "1", clientKey: uuidv7() };
    expect(await line.post(path, cookie, same)).toBe("409");
    for (const one of [path, `${path}/slip`]) expect(await line.get(one, cookie)).toBe(200);
    const takeBack = { what: "takeBack", clientKey: uuidv7(), reason: "taken-back" };
    expect(await line.post(path, cookie, takeBack)).toMatch(/^303/);
    for (const day of ["", "?day=2026-01-01", "?day=nonsense"]) {
      expect(await line.get(`/coop/intake/days${day}`, cookie)).toBe(200);
    }
  });
});

describe("what a phone had kept", () => {
  test("is noted once, however often it is sent, as of when it was weighed", async () => {
    const clientKey = uuidv7();
    const at = Date.now() - 2 * 60 * 60_000;
    const first = await sendKept({ clientKey, weighedAt: String(at) });
    expect(first).toMatchObject({
      ...{ status: 200, body: { state: "sent", name: "吉克阿果", net: "10 公斤" } },
    });
    expect(await sendKept({ clientKey, weighedAt: String(at) })).toEqual(first);
    expect((await rowOf(first.body.weighInId)).weighed_at).toEqual(new Date(at));
  });

  test("is refused with the reason in words, and is no less the phone's", async () => {
    const refused = await sendKept({ household: "谁也不是" });
    expect(refused.status).toBe(422);
    expect(refused.body.reasons.join()).toMatch(/没有找到/);
    expect((await sendKept({ gross: "" })).body).toMatchObject({ state: "refused" });
  });

  test("is not sent by anybody else's session, nor by hers at another cooperative", async () => {
    const clientKey = uuidv7();
    const stranger = coopScope({ userId: uuidv7(), cooperativeId: household.cooperativeId });
    const elsewhere = coopScope({ userId, cooperativeId: uuidv7() });
    for (const keeper of [keeperKey(stranger), keeperKey(elsewhere), ""]) {
      expect(await sendKept({ clientKey }, keeper)).toEqual({
        ...{ status: 409, body: { state: "other" } },
      });
    }
    const found = line.db.selectFrom("weigh_ins").select("id").where("client_key", "=", clientKey);
    expect(await found.execute()).toEqual([]);
  });
});
