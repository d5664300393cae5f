import { afterAll, beforeAll, expect, test } from "vitest";
import { openShopFront } from "#tests/factories/shop-front.ts";

let shop: Awaited<ReturnType<typeof openShopFront>>;
beforeAll(async () => {
  shop = await openShopFront();
});
afterAll(() => shop?.close());

const path = (query: string) => `/search?${new URLSearchParams(query)}`;

test("a page beyond the last leads to the last one, with all that was asked for", async () => {
  const { url, html } = await shop.get(path("q=苹果&grade=premium&sort=price&page=50"));
  expect(new URL(url).search).toBe(new URL(path("q=苹果&grade=premium&sort=price"), url).search);
  expect(html).toContain(shop.id("appleYanyuan"));
});

test("where nothing is found there is no other page to go to", async () => {
  const { status, html } = await shop.get(path("q=挖掘机&page=50"));
  expect(status).toBe(200);
  expect(html).toContain("没有找到");
});
