import { afterAll, beforeAll, expect, test } from "vitest";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import * as produce from "#app/shop/produce/page.tsx";
import { type CoopPages, openCoopPages } from "#tests/factories/coop-pages.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import * as audit from "../audit/page.tsx";
import * as cycles from "../cycles/list.tsx";
import * as pool from "../pools/show.tsx";
import * as stock from "../stock/list.tsx";
import * as lot from "../stock/lot.tsx";
import * as certificates from "./certificates.tsx";
import * as show from "./show.tsx";

let pages: CoopPages;
beforeAll(async () => {
  pages = await openCoopPages({
    ...{ "coop/listings/:id": show, "coop/listings/:id/certificates": certificates },
    ...{ "coop/stock": stock, "coop/stock/:lotId": lot, "produce/:listingId": produce },
    ...{ "coop/pools/:poolId": pool },
    ...{ "coop/audit": audit, "coop/cycles": cycles },
  });
});
afterAll(() => pages.close());

const DAY_MS = 86_400_000;
const paper = {
  ...{ kind: "green", number: "LB-18-2026 0001a" },
  validUntil: shanghaiDay(new Date(Date.now() + 200 * DAY_MS)),
};

test.each([
  ["of a pool of two households", 2],
  ["of one household", 1],
])("whatever leads to a listing %s leads to a page that is there", async (_, homes) => {
  const { db } = pages;
  const cooperative = await makeCooperative(db);
  const lots = [];
  for (let home = 0; home < homes; home++) {
    lots.push({ household: await makeHousehold(db, { cooperative }), quantity: 5 });
  }
  const { id } = await makeListing(db, { lots });
  const { get, post } = await pages.signInFor(cooperative.id);
  /** Where the links of a page that name the listing lead, and what answers there. */
  const followed = async (path: string) => {
    const { html } = await get(path);
    const main = html.slice(html.indexOf("<main"));
    const hrefs = [...main.matchAll(/<a [^>]*href="([^"]+)"/g)].map(([, href = ""]) => href);
    const there = [...new Set(hrefs.filter((href) => href.includes(id)))];
    return Promise.all(there.map(async (href) => [href, (await get(href)).status] as const));
  };
  const papers = `/coop/listings/${id}/certificates`;
  expect((await post(papers, paper)).status).toBe(303);
  const [back = ""] =
    /href="\/coop\/(listings\/[0-9a-f-]{36}|stock)"/.exec((await get(papers)).html) ?? [];
  expect((await get(back.slice(6, -1))).status).toBe(200);
  const acts = await followed("/coop/audit");
  expect(acts.map(([, status]) => status)).toEqual([200]);

  const { html } = await get("/coop/stock");
  const [ofLot = ""] = /\/coop\/stock\/[0-9a-f-]{36}/.exec(html) ?? [];
  expect(await followed(ofLot)).toContainEqual([papers, 200]);

  await db.updateTable("listings").set({ sold_in_cycles: true }).where("id", "=", id).execute();
  const waiting = await followed("/coop/cycles");
  expect(waiting.map(([, status]) => status)).toEqual([200]);
});
