import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as coopsFile from "#app/coop/audit/acts-csv.ts";
import * as coops from "#app/coop/audit/page.tsx";
import * as payoutDay from "#app/coop/payouts/payout-day.ts";
import { noteAct } from "#app/domain/audit/note-act.ts";
import type { Services } from "#app/load-context.ts";
import { createLogger } from "#app/log.ts";
import * as officersFile from "#app/relief/audit/acts-csv.ts";
import * as officers from "#app/relief/audit/page.tsx";
import { openFarm } from "#tests/factories/farm.ts";
import { makeHousehold, makeRegion } from "#tests/factories/people.ts";
import { servePages } from "#tests/setup/serve-pages.ts";

const publicUrl = "http://market.test";
const EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0.0.0 Safari/537.36 Edg/130.0";
let farm: Awaited<ReturnType<typeof openFarm>>;
let shop: Awaited<ReturnType<typeof servePages>>;
let manager: { userId: string; cookie: string };
let home: Awaited<ReturnType<typeof makeHousehold>>;

async function signIn() {
  const { userId, headers } = await farm.made.signIn(farm.made.nextPhone());
  return { userId, cookie: headers.get("cookie") ?? "" };
}

async function officerOf(region_code: string) {
  const officer = await signIn();
  const row = { id: uuidv7(), user_id: officer.userId, region_code };
  await farm.db.insertInto("officers").values(row).execute();
  return officer;
}

beforeAll(async () => {
  farm = await openFarm();
  const { context } = farm.args(new Headers());
  const services = { ...context, publicUrl, log: createLogger("test", "silent") };
  const pages = {
    ...{ "coop/audit": coops, "coop/audit/acts.csv": coopsFile, "coop/payouts/day": payoutDay },
    ...{ "relief/audit": officers, "relief/audit/acts.csv": officersFile },
  };
  shop = await servePages(pages, services as unknown as Services);
  home = await makeHousehold(farm.db);
  manager = await signIn();
  const member = {
    id: uuidv7(),
    cooperative_id: home.cooperativeId,
    role: "manager",
    name: "阿牛",
  };
  await farm.db
    .insertInto("cooperative_members")
    .values({ ...member, user_id: manager.userId })
    .execute();
});
afterAll(async () => {
  await shop.close();
  await farm.close();
});

const setDay = (weekday: number, headers: Record<string, string>) =>
  shop.post(
    "/coop/payouts/day",
    { weekday: String(weekday) },
    { origin: publicUrl, cookie: manager.cookie, ...headers },
  );

describe("the record of acts", () => {
  test("says what with and by which network it was done, by what the proxy said last", async () => {
    const said = "198.51.100.9, 203.0.113.77";
    const sent = await setDay(2, { "x-forwarded-for": said, "user-agent": EDGE });
    expect(sent.status).toBe(303);
    const { html, headers } = await shop.get("/coop/audit", { cookie: manager.cookie });
    expect(html).toContain("电脑 Edge · 203.0.113.0/24");
    expect(html).toContain("一年后删掉");
    expect(html).not.toContain("203.0.113.77");
    expect(html).not.toContain("198.51.100");
    expect(headers.get("cache-control")).toContain("no-store");
    const file = await shop.get("/coop/audit/acts.csv", { cookie: manager.cookie });
    expect(file.html).toContain("从哪里");
    expect(file.html).toContain("电脑 Edge · 203.0.113.0/24");
  });

  test("says of what a job did that it was the market, and of what is not known no more", async () => {
    const subject = { type: "cooperative", id: home.cooperativeId };
    const act = { actor: manager.userId, action: "freight.set", subject };
    await farm.db.transaction().execute((trx) => noteAct(trx, act));
    await setDay(3, { "x-forwarded-for": "nowhere", "user-agent": "curl/8" });
    const { html } = await shop.get("/coop/audit", { cookie: manager.cookie });
    expect(html).toContain("市场自己（后台）");
    expect(html).toContain("设备不明 · 网络不明");
  });

  test("keeps to herself from where a manager did what she does as a farmer or a buyer", async () => {
    const { db } = farm;
    const subject = { type: "household", id: home.id };
    const act = { actor: manager.userId, action: "household.applied", subject };
    await db.transaction().execute((trx) => noteAct(trx, act));
    await sql`update act_origins set network = '192.0.2.0/24', device = 'iphone wechat'
      where act_id = (select id from audit_log where action = 'household.applied')`.execute(db);
    const { html } = await shop.get("/coop/audit", { cookie: manager.cookie });
    expect(html).toContain("申请入社");
    expect(html).not.toContain("192.0.2.0");
  });

  test("is read by the officer of the county, and by no other", async () => {
    const { region_code } = await farm.db
      .selectFrom("cooperatives")
      .select("region_code")
      .where("id", "=", home.cooperativeId)
      .executeTakeFirstOrThrow();
    const of = `cooperative=${home.cooperativeId}`;
    const hers = await officerOf(region_code);
    const page = await shop.get(`/relief/audit?${of}`, { cookie: hers.cookie });
    expect(page.status).toBe(200);
    expect(page.html).toContain("电脑 Edge · 203.0.113.0/24");
    expect(page.html).toContain("阿牛");
    expect(page.html).not.toContain('href="/coop/');
    expect(page.headers.get("cache-control")).toContain("no-store");
    const file = await shop.get(`/relief/audit/acts.csv?${of}`, { cookie: hers.cookie });
    expect(file.html).toContain("203.0.113.0/24");
    const far = await officerOf(await makeRegion(farm.db, "650102"));
    for (const path of [`/relief/audit?${of}`, `/relief/audit/acts.csv?${of}`]) {
      expect((await shop.get(path, { cookie: far.cookie })).status).toBe(404);
      expect((await shop.get(path, { cookie: manager.cookie })).status).toBe(403);
    }
    for (const wrong of ["x", uuidv7(), "%00"]) {
      const asked = await shop.get(`/relief/audit?cooperative=${wrong}`, { cookie: hers.cookie });
      expect(asked.status).toBe(404);
    }
  });
});
