import { afterAll, beforeAll, expect, test } from "vitest";
import { type CoopPages, openCoopPages } from "#tests/factories/coop-pages.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import * as page from "./bank.tsx";

let pages: CoopPages;
beforeAll(async () => {
  pages = await openCoopPages({ "coop/households/:householdId/bank": page });
});
afterAll(() => pages.close());

test("a bookkeeper gives the account, what is odd comes back beside its field, and behind another's change she looks once more", async () => {
  const cooperative = await makeCooperative(pages.db);
  const { id } = await makeHousehold(pages.db, { cooperative });
  const keeper = await pages.signInFor(cooperative.id, { role: "bookkeeper" });
  const stranger = await pages.signInFor((await makeCooperative(pages.db)).id);
  const path = `/coop/households/${id}/bank`;
  const { html } = await keeper.get(path);
  const seen = /name="seen" value="(\w+)"/.exec(html)?.[1] ?? "";
  const sent = { name: "阿牛", number: "6222 0202 0011 2230", bank: "信用社", seen };
  const odd = await keeper.post(path, { ...sent, number: "一二三" });
  expect(odd.status).toBe(422);
  expect(odd.html).toContain('id="field-number-error"');
  expect(odd.html).toContain('value="信用社"');
  expect((await keeper.post(path, sent)).location).toBe("/coop/payouts");
  const late = await keeper.post(path, { ...sent, number: "9999999999" });
  expect(late.status).toBe(409);
  expect(late.html).toContain("刚有别人改了这个账户");
  expect(late.html).toContain('value="9999999999"');
  const now = /name="seen" value="(\w+)"/.exec(late.html)?.[1] ?? "";
  expect(now).toBe("2230");
  const again = await keeper.post(path, { ...sent, number: "9999999999", seen: now });
  expect(again.location).toBe("/coop/payouts");
  expect((await stranger.get(path)).status).toBe(404);
  expect((await stranger.post(path, { ...sent, seen: "9999" })).status).toBe(404);
});
