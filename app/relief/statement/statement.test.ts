import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { confirmRun } from "#app/domain/payouts/confirm-run.ts";
import { prepareRun } from "#app/domain/payouts/prepare-run.ts";
import { readOwnStatement } from "#app/domain/statement/read-statement.ts";
import type { Services } from "#app/load-context.ts";
import { createLogger } from "#app/log.ts";
import { openFarm } from "#tests/factories/farm.ts";
import { earn } from "#tests/factories/money.ts";
import { makeCooperative, makeHousehold, makeRegion } from "#tests/factories/people.ts";
import { colleagueOf, coopScope } from "#tests/factories/scopes.ts";
import { servePages } from "#tests/setup/serve-pages.ts";
import * as file from "./file.ts";
import * as page from "./page.tsx";

let farm: Awaited<ReturnType<typeof openFarm>>;
let shop: Awaited<ReturnType<typeof servePages>>;
beforeAll(async () => {
  farm = await openFarm();
  const { context } = farm.args(new Headers());
  const publicUrl = "http://market.test";
  const services = { ...context, publicUrl, log: createLogger("test", "silent") };
  const pages = { "relief/statement": page, "relief/statement/:format": file };
  shop = await servePages(pages, services as unknown as Services);
});
afterAll(async () => {
  await shop.close();
  await farm.close();
});

async function officerOf(region_code: string) {
  const { userId, headers } = await farm.made.signIn(farm.made.nextPhone());
  await farm.db
    .insertInto("officers")
    .values({ id: uuidv7(), user_id: userId, region_code })
    .execute();
  const cookie = `${headers.get("cookie")}; lang=zh`;
  return (path: string) => shop.get(path, { cookie });
}

/** A cooperative that has paid two households, one of them from another county by now. */
async function makePaid() {
  const { db } = farm;
  const cooperative = await makeCooperative(db);
  const homes = [
    await makeHousehold(db, { cooperative }),
    await makeHousehold(db, { cooperative }),
  ] as const;
  for (const [index, home] of homes.entries()) {
    await earn(db, home, 5_000 + index);
    const name = ["阿牛莫", "马海惹"][index];
    await sql`update households set head_name = ${name} where id = ${home.id}`.execute(db);
  }
  await makeRegion(db, "513424");
  await sql`update households set region_code = '513424' where id = ${homes[1].id}`.execute(db);
  const scope = coopScope({ userId: "bookkeeper", cooperativeId: cooperative.id });
  const run = await prepareRun(db, scope, { clientKey: uuidv7() });
  if (!run.ok) throw new Error(run.reason);
  const confirmed = await confirmRun(db, colleagueOf(scope), { runId: run.runId });
  if (!confirmed.ok) throw new Error(confirmed.reason);
  return { cooperative, scope };
}

test("an officer reads what a cooperative of her county paid and took, of households of her county by name, and leads nowhere that she may not go", async () => {
  const { cooperative, scope } = await makePaid();
  const get = await officerOf("513423");
  const of = `cooperative=${cooperative.id}`;
  const { html, status, headers } = await get(`/relief/statement?${of}&of=paid`);
  expect(status).toBe(200);
  expect(headers.get("cache-control")).toContain("no-store");
  const { closingFen } = await readOwnStatement(farm.db, scope, { part: "paid" });
  expect(closingFen).toBe(10_001);
  expect(html).toContain("100.01");
  expect(html).toContain("阿牛莫");
  expect(html).not.toContain("马海惹");
  expect(html).not.toMatch(/href="\/coop|\/proof"/);
  expect(html).toContain(`/relief/statement?${of}&amp;of=freight`);
  expect(html).not.toMatch(/<form[^>]*method="post"[^>]*action="\/relief/);
  const csv = await get(`/relief/statement/csv?${of}&of=paid`);
  expect(csv.headers.get("content-disposition")).toContain("statement-paid-");
  expect(csv.html).toContain("阿牛莫");
  expect(csv.html).not.toContain("马海惹");
  expect((await get(`/relief/statement/pdf?${of}`)).status).toBe(404);
});

test("another county's officer is told of no such cooperative, and sends nothing", async () => {
  const { cooperative } = await makePaid();
  await makeRegion(farm.db, "513424");
  const get = await officerOf("513424");
  for (const asked of [cooperative.id, "x", "%00"]) {
    expect((await get(`/relief/statement?cooperative=${asked}`)).status, asked).toBe(404);
    expect((await get(`/relief/statement/csv?cooperative=${asked}`)).status, asked).toBe(404);
  }
  const own = await get("/relief/statement");
  expect(own.status).toBe(200);
  expect(own.html).toContain("本县还没有合作社");
  const post = await shop.post("/relief/statement", {});
  expect([401, 405]).toContain(post.status);
  expect((await shop.get("/relief/statement")).url).toContain("/sign-in");
});
