import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as farmMove from "#app/farm/moves/page.tsx";
import type { Services } from "#app/load-context.ts";
import { createLogger } from "#app/log.ts";
import { openFarm } from "#tests/factories/farm.ts";
import { registerCodeOf } from "#tests/factories/joining.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { signInFarmer } from "#tests/factories/sign-in.ts";
import { servePages } from "#tests/setup/serve-pages.ts";
import * as moves from "./page.tsx";

const publicUrl = "http://market.test";
const PATH = "/coop/households/moves";
let farm: Awaited<ReturnType<typeof openFarm>>;
let shop: Awaited<ReturnType<typeof servePages>>;
beforeAll(async () => {
  farm = await openFarm();
  const { context } = farm.args(new Headers());
  const services = { ...context, publicUrl, log: createLogger("test", "silent") };
  const pages = { "coop/households/moves": moves, "farm/move": farmMove };
  shop = await servePages(pages, services as unknown as Services);
});
afterAll(async () => {
  await shop.close();
  await farm.close();
});

async function managerOf(cooperative_id: string): Promise<string> {
  const { userId: user_id, headers } = await farm.made.signIn(farm.made.nextPhone());
  const member = { id: crypto.randomUUID(), cooperative_id, user_id, role: "manager" };
  await farm.db.insertInto("cooperative_members").values(member).execute();
  return headers.get("cookie") ?? "";
}

/** A farmer, her cooperative's manager, and another's. */
async function makeThree() {
  const household = await makeHousehold(farm.db);
  const other = await makeCooperative(farm.db);
  return {
    ...{ household, other, registerCode: await registerCodeOf(farm.db, household) },
    farmer: (await signInFarmer(farm.db, farm.made, household)).get("cookie") ?? "",
    mine: await managerOf(household.cooperativeId),
    theirs: await managerOf(other.id),
  };
}

const get = async (path: string, cookie: string) => (await shop.get(path, { cookie })).html;
const post = (path: string, cookie: string, fields: Record<string, string>) =>
  shop.post(path, fields, { cookie, origin: publicUrl });
const keyIn = (html: string) => /name="clientKey" value="([^"]+)"/.exec(html)?.[1] ?? "";
const moveIn = (html: string) => /name="moveId" value="([^"]+)"/.exec(html)?.[1] ?? "";

describe("the pages on which a household changes cooperatives", () => {
  test("lead from the question over the answer to the move, and show each only what is hers", async () => {
    const { household, registerCode, farmer, mine, theirs, other } = await makeThree();
    const clientKey = keyIn(await get(PATH, theirs));
    const ask = { what: "ask", clientKey, registerCode: ` ${registerCode.toLowerCase()} ` };
    const asked = await post(PATH, theirs, ask);
    expect([asked.status, asked.location]).toEqual([303, `${PATH}?done=asked`]);
    expect((await post(PATH, theirs, ask)).status).toBe(303);
    const waiting = await get(PATH, theirs);
    expect(waiting).toContain("等这户回答");
    expect(waiting).not.toContain("吉克");
    const leaving = await get(PATH, mine);
    expect(leaving).toContain(other.nameZh);
    expect(leaving).not.toContain("替它同意");
    const question = await get("/farm/move", farmer);
    expect(question).toContain(`${other.nameZh} 请您家转到他们社。`);
    const moveId = moveIn(question);
    const agreed = await post("/farm/move", farmer, { moveId, answer: "agreed" });
    expect([agreed.status, agreed.location]).toEqual([303, "/farm/move?done=agreed"]);
    expect(await get(PATH, theirs)).toContain(`/coop/households/${household.id}`);
    expect(await get("/farm/move", farmer)).toContain("属于过哪些合作社");
  });

  test("refuse what is not hers, not right or not there", async () => {
    const { registerCode, farmer, mine, theirs } = await makeThree();
    const clientKey = crypto.randomUUID();
    const wrong = await post(PATH, theirs, { what: "ask", clientKey, registerCode: "'; --" });
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('value="&#x27;; --"');
    expect(wrong.html).toContain("登记编号是 4 到 30 位");
    const own = await post(PATH, mine, { what: "ask", clientKey, registerCode });
    expect(own.status).toBe(409);
    expect(own.html).toContain("这一户就是你们社的");
    await post(PATH, theirs, { what: "ask", clientKey, registerCode });
    const moveId = moveIn(await get(PATH, theirs));
    for (const [what, cookie, status] of [
      ["nothing", theirs, 400],
      ["take-back", mine, 404],
      ["agreed", theirs, 404],
      ["agreed", mine, 409],
    ] as const) {
      expect((await post(PATH, cookie, { what, moveId })).status, what).toBe(status);
    }
    const { farmer: stranger } = await makeThree();
    const given = { moveId, answer: "agreed" };
    expect((await post("/farm/move", stranger, given)).status).toBe(404);
    expect((await post("/farm/move", mine, given)).status).toBe(403);
    expect((await post("/farm/move", farmer, { moveId, answer: "maybe" })).status).toBe(400);
    expect((await post(PATH, theirs, { what: "take-back", moveId })).status).toBe(303);
    const late = await post("/farm/move", farmer, given);
    expect(late.location).toBe("/farm/move?done=over");
  });
});
