import { describe, expect, it } from "vitest";
import { sharedPageOf } from "./shared-page.ts";

const ID = "01a20632-9df3-7dc5-ad32-d07705a52055";
const asking = (target: string, cookie?: string, more = {}) =>
  sharedPageOf({
    ...{ method: "GET", host: "market.example", target, cookie, authorization: undefined },
    ...more,
  });
const keyOf = (...args: Parameters<typeof asking>) => asking(...args)?.key;

describe("a page is the same for all", () => {
  const shelves = ["/categories/apple", "/counties/513423", "/cooperatives/a-b", "/households/x-1"];
  it.each([
    "/",
    "/search",
    "/search?q=苹果",
    "/ledger",
    `/produce/${ID}`,
    `/produce/${ID}/reviews`,
    ...shelves,
  ])("%s, asked for with nothing of one's own", (path) => expect(asking(path)).not.toBeNull());

  it.each([
    ...["/cart", "/checkout", "/orders", "/orders/1", "/account", "/sign-in", "/farm", "/coop"],
    ...["/sandbox", "/produce", `/produce/${ID}/x`, `/produce/${ID.toUpperCase()}`, "/produce/1"],
    ...["/?a=1", `/produce/${ID}?a=1`, "/search?q=a&b=1", "/searches", "//x/search", "http://x/"],
    ...[
      "/?lang=en",
      `/produce/${ID}?lang=en`,
      "/categories/apple?before=1",
      `/produce/${ID}/reviews?before=1`,
      "/categories",
      "/households/x/y",
    ],
    ...["/search.data", "/?_data=root", "/search/", ""],
  ])("but never %s", (path) => expect(asking(path)).toBeNull());

  it.each([
    ...["session=x", "__Host-session=x", "visitor=AAAAAAAAAAAAAAAAAAAAAA", "__Host-visitor=x"],
    ...["lang=en; session=x", "session=x; lang=en", "lang=fr", "lang", "=", "x", "farm-mode=1"],
    ...["lang=en;;session=x", "Lang=en"],
  ])("nor a listing's for who comes with the cookie %s, while shelves are", (cookie) => {
    expect(asking(`/produce/${ID}`, cookie)).toBeNull();
    for (const path of ["/", "/search?q=苹果", "/ledger", `/produce/${ID}/reviews`, ...shelves]) {
      expect(asking(path, cookie)?.cookie, path).toMatch(/^lang=(zh|en)$/);
    }
    expect(asking("/cart", cookie)).toBeNull();
  });

  it("in her own language and size of type, whatever else she brings", () => {
    const hers = asking("/", "session=x; lang=en; visitor=y; farm-mode=easy");
    expect(hers?.key).toBe(keyOf("/", "lang=en; farm-mode=easy"));
    expect(hers?.cookie).toBe("lang=en; farm-mode=easy");
  });

  it("nor for who shows a key of another kind, or sends a form", () => {
    expect(asking("/", undefined, { authorization: "Bearer x" })).toBeNull();
    expect(asking("/", undefined, { method: "POST" })).toBeNull();
    expect(asking("/", undefined, { host: undefined })).toBeNull();
    expect(asking("/", undefined, { method: "HEAD" })).not.toBeNull();
  });
});

describe("a page's key", () => {
  it("differs by language, size of type, host and page, and is Chinese where nothing is said", () => {
    const keys = [
      ...[keyOf("/"), keyOf("/", "lang=en"), keyOf("/", "farm-mode=easy"), keyOf("/search")],
      ...[keyOf("/", undefined, { host: "other.example" }), keyOf("/", "farm-mode=easy;lang=en")],
    ];
    expect(new Set(keys).size).toBe(keys.length);
    expect(keyOf("/", "lang=zh")).toBe(keyOf("/"));
    expect(keyOf("/", "lang=en; farm-mode=easy")).toBe(keyOf("/", "farm-mode=easy; lang=en"));
  });

  it("is one for every way to write a search, and for what makes no sense in it", () => {
    const plain = "/search?q=%E8%8B%B9%E6%9E%9C&category=apple";
    for (const same of [
      "/search?category=apple&q=苹果",
      "/search?q=%20苹果%20&category=apple&region=&sort=relevance&page=1",
      "/search?q=苹果&category=apple&region=nowhere&page=-7&sort=dearest",
    ]) {
      expect(keyOf(same), same).toBe(keyOf(plain));
    }
    expect(keyOf("/search?category=apple&page=2")).not.toBe(keyOf("/search?category=apple"));
    expect(asking(plain)?.href).toBe(plain);
    const narrow = "/search?category=apple&grade=first&sort=price&page=2";
    expect(asking(narrow)?.href).toBe(narrow);
    expect(keyOf(`/search?q=${"x".repeat(10_000)}`)?.length).toBeLessThan(300);
  });
});
