import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type CoopPages, openCoopPages } from "#tests/factories/coop-pages.ts";
import { keepTable, makeImportCoop } from "#tests/factories/imports.ts";
import * as page from "./show.tsx";

let pages: CoopPages;
beforeAll(async () => {
  pages = await openCoopPages({ "coop/imports/:importId": page });
});
afterAll(() => pages.close());

/** What the tables of a page say, without its links. */
const said = (html: string) =>
  [...html.matchAll(/<table.*?<\/table>/gs)].join("").replace(/<[^>]*>/g, " ");

test("a line that is looked at names the produce and its household as they are called, not as the file says", async () => {
  const { db } = pages;
  const { scope, listings } = await makeImportCoop(db);
  const [a, b] = listings;
  const { get } = await pages.signInFor(scope.cooperativeId);
  const open = async (...lines: string[]) => {
    const text = ["商品编号,品名,新价", ...lines].join("\n");
    const { html } = await get(`/coop/imports/${await keepTable(db, scope, "prices", text)}`);
    return html;
  };
  const known = await open(`${a},随便写的,21`, `${b},,abc`);
  expect(known).toContain(`href="/coop/listings/${a}"`);
  for (const id of listings) expect(said(known)).not.toContain(id);
  expect(said(known)).not.toContain("随便写的");
  expect(said(known).match(/盐源苹果\s+吉克\d+/g)).toHaveLength(2);

  const unknown = uuidv7();
  expect(said(await open(`${unknown},没有的,21`))).toContain(unknown);
});
