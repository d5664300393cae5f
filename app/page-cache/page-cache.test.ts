import { beforeEach, describe, expect, it } from "vitest";
import { answerWith } from "./packed-page.ts";
import { createPageCache, type PageCache } from "./page-cache.ts";
import { type SharedPage, sharedPageOf } from "./shared-page.ts";

const ID = "01a20632-9df3-7dc5-ad32-d07705a52055";
const OTHER = "01a20368-8173-7045-abdc-fd43433d5039";
const page = (target: string) =>
  sharedPageOf({
    ...{ method: "GET", host: "m", target, cookie: undefined, authorization: undefined },
  }) as SharedPage;
const [home, search, apple, pear, ledger] = [
  ...["/", "/search", `/produce/${ID}`, `/produce/${OTHER}`, "/ledger"],
].map(page) as [SharedPage, SharedPage, SharedPage, SharedPage, SharedPage];

let time = 0;
let pages: PageCache;
const open = (limits = {}) => createPageCache({ secured: {}, now: () => time, ...limits });
beforeEach(() => {
  time = 0;
  pages = open();
  pages.opened();
});
const keep = (which: SharedPage, html = which.href) => pages.fill(which, async () => html);
const shown = (which: SharedPage) => {
  const found = pages.find(which);
  const request = { method: "GET", acceptEncoding: undefined, ifNoneMatch: undefined };
  return found && answerWith(found, request).body?.toString();
};
const keptOf = (all: SharedPage[]) => all.filter((one) => shown(one) !== undefined);

describe("what stands ready", () => {
  it("goes with the news of what it shows, and nothing else does", async () => {
    const all = [home, search, apple, pear, ledger];
    const leftBy = async (news: string) => {
      for (const one of all) await keep(one);
      pages.said(news);
      return keptOf(all);
    };
    expect(await leftBy(ID)).toEqual([ledger]);
    expect(await leftBy("ledger")).toEqual([home, search, apple, pear]);
    expect(await leftBy("")).toEqual([]);
  });

  it("is nothing while the news are not heard", async () => {
    const deaf = open();
    await deaf.fill(home, async () => "old");
    expect(deaf.find(home)).toBeUndefined();
    await keep(home);
    pages.lost();
    expect(shown(home)).toBeUndefined();
    await keep(home);
    expect(shown(home)).toBeUndefined();
    pages.opened();
    await keep(home);
    expect(shown(home)).toBe("/");
  });

  it("is never what was read before a change that came while it was drawn", async () => {
    const drawn = Promise.withResolvers<string>();
    const filling = pages.fill(home, () => drawn.promise);
    expect(pages.awaited(home)).toBeDefined();
    pages.said(ID);
    expect(pages.awaited(home)).toBeUndefined();
    drawn.resolve("of before");
    await filling;
    expect(shown(home)).toBeUndefined();
  });

  it("is no page that is not to be shared", async () => {
    expect(await pages.fill(home, async () => null)).toBeNull();
    expect(shown(home)).toBeUndefined();
    expect(pages.awaited(home)).toBeUndefined();
  });
});

describe("a listing's page, which says how much is left", () => {
  it("is shown for a second, and for one more while it is drawn anew", async () => {
    await keep(apple, "9 left");
    time = 999;
    expect(shown(apple)).toBe("9 left");
    time = 1_000;
    expect(shown(apple)).toBeUndefined();
    const drawn = Promise.withResolvers<string>();
    const filling = pages.fill(apple, () => drawn.promise);
    time = 1_999;
    expect(shown(apple)).toBe("9 left");
    time = 2_000;
    expect(shown(apple)).toBeUndefined();
    drawn.resolve("8 left");
    await filling;
    // Its life began when its data was asked for.
    time = 1_999;
    expect(shown(apple)).toBe("8 left");
    time = 2_000;
    expect(shown(apple)).toBeUndefined();
  });

  it("outlives no minute where it is a list", async () => {
    await keep(home);
    time = 59_999;
    expect(shown(home)).toBe("/");
    time = 60_000;
    expect(shown(home)).toBeUndefined();
  });
});

describe("the memory that is taken", () => {
  it("stays below its bound, whatever is searched for, and keeps what was used last", async () => {
    pages = open({ mostBytes: 40_000, mostBytesOfWords: 30_000 });
    pages.opened();
    await keep(home);
    await keep(apple);
    for (let number = 0; number < 60; number++) {
      await keep(page(`/search?q=${number}`));
      expect(pages.bytes()).toBeLessThanOrEqual(70_000);
    }
    expect(shown(home)).toBe("/");
    expect(shown(page("/search?q=59"))).toBeDefined();
    expect(shown(page("/search?q=0"))).toBeUndefined();
    for (let number = 2; number < 60; number++) {
      await keep(page(`/search?page=${number}`));
      shown(home);
    }
    expect(pages.bytes()).toBeLessThanOrEqual(70_000);
    expect(keptOf([home, apple])).toEqual([home]);
  });

  it("is given back when pages go, and never taken for one that is too large", async () => {
    await keep(home, "x".repeat(1_000_000));
    expect(pages.bytes()).toBeGreaterThan(1_000_000);
    await keep(home, "x");
    expect(pages.bytes()).toBeLessThan(10_000);
    pages.said("");
    expect(pages.bytes()).toBe(0);
    pages = open({ mostBytes: 10_000 });
    pages.opened();
    await keep(home, "x".repeat(10_001));
    expect(pages.bytes()).toBe(0);
  });
});
