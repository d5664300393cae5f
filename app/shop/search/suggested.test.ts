import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openShopFront } from "#tests/factories/shop-front.ts";

let shop: Awaited<ReturnType<typeof openShopFront>>;
beforeAll(async () => {
  shop = await openShopFront();
});
afterAll(() => shop?.close());

const MOST_BYTES = 2_000;
const ask = (q: string, cookie = "") =>
  shop.get(`/search/suggestions?${new URLSearchParams({ q })}`, { cookie });
const names = async (q: string, cookie?: string) => JSON.parse((await ask(q, cookie)).html);

describe("what a search box offers while somebody types", () => {
  test("are names on the market that fit, in the reader's language, at most six", async () => {
    expect(await names("pingg")).toContain("苹果");
    expect(await names("hj")).toEqual(["花椒"]);
    expect(await names("sweet po", "lang=en")).toEqual(["Sweet potato"]);
    expect((await names("g")).length).toBeLessThanOrEqual(6);
    expect(await names("香蕉")).toEqual([]);
  });

  test("are nothing for nothing, and of a text only its beginning is looked at", async () => {
    expect(await names("")).toEqual([]);
    expect(await names(" \0 ")).toEqual([]);
    expect(await names("苹".repeat(1_000))).toEqual([]);
    expect(await names("<script>alert(1)</script>")).toEqual([]);
  });

  test("may be kept by the browser for a minute, by nobody else, and are no page to be found", async () => {
    const { headers } = await ask("苹");
    expect(headers.get("cache-control")).toBe("private, max-age=60");
    expect(headers.get("vary")).toContain("Cookie");
    expect(headers.get("x-robots-tag")).toBe("noindex");
  });

  test("are asked for on home, search and shelves, by a script of less than 2 kB", async () => {
    for (const path of ["/", "/search", "/categories/apple", "/counties/513423"]) {
      const { html } = await shop.get(path);
      expect(html, path).toContain('<script src="/enhance/search-suggestions.js" defer="">');
      expect(html, path).toMatch(/role="search"[^>]* data-suggestions="提示"/);
      expect(html, path).toContain("有 % 个提示");
    }
    const script = readFileSync("public/enhance/search-suggestions.js");
    expect(gzipSync(script).byteLength).toBeLessThan(MOST_BYTES);
  });
});
