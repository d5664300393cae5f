import { expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./accessible.ts";
import { becomeRole, linkOn, pagesOf, type Role } from "./all-pages.ts";
import { isChinese } from "./forms.ts";
import { raw } from "./raw.ts";
import { currentWalk } from "./walk.ts";

const roles: Role[] = ["buyer", "farmer", "manager", "officer", "operator"];
const KEY = /\b(account|chrome|coop|errors|farm|operations|relief|shop|words)\.[a-z][a-zA-Z.-]+\b/;
/** What these journeys typed in Chinese only, and the farmer's example of a Chinese name. */
const TYPED = /试种|挑剔|一次|试单|田园路|核桃|drop table|高山红富士苹果/;
const SIZES = [
  { width: 360, height: 740 },
  { width: 1280, height: 800 },
];
const FINGER = 44;
const FIRST_ROUND_TRIP = 14_600;
const SCRIPTS = 10_000;

/** Controls lower than a finger is wide; a link within a sentence is as high as its line. */
function lowControls(page: Page): Promise<string[]> {
  return page.evaluate((least) => {
    for (const fold of document.querySelectorAll("details")) fold.open = true;
    const isInText = (one: Element) =>
      one.tagName === "A" &&
      getComputedStyle(one).display === "inline" &&
      one.parentElement?.textContent?.trim() !== one.textContent?.trim();
    const all = "a[href], button, input:not([type=hidden]), select, textarea, summary";
    return [...document.querySelectorAll(all)]
      .filter((one) => one.checkVisibility() && !isInText(one))
      .map((one) => ({ one, box: (one.closest("label, .produce") ?? one).getBoundingClientRect() }))
      .filter(({ box }) => box.width > 1 && box.height < least - 0.5)
      .map(({ one, box }) => `${box.height.toFixed(1)} px: ${one.outerHTML.slice(0, 120)}`);
  }, FINGER);
}

/** Every text of the page: what stands there and what is read aloud; labels alone if asked. */
function textsOf(page: Page, labelsOnly: boolean): Promise<string[]> {
  return page.evaluate((isShort) => {
    const labels =
      "header, footer, nav, label, legend, th, dt, button, summary, .hint, h2, caption";
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts: string[] = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const home = node.parentElement;
      if (home?.closest('[lang="zh-CN"]:not(html), script, style')) continue;
      if (!isShort || home?.closest(labels)) texts.push(node.textContent ?? "");
    }
    for (const name of ["aria-label", "placeholder", "data-label", "alt", "title"]) {
      for (const one of document.querySelectorAll(`[${name}]`)) {
        texts.push(one.getAttribute(name) ?? "");
      }
    }
    return texts;
  }, labelsOnly);
}

async function expectFit(page: Page): Promise<void> {
  const [first = SIZES[0], other] =
    (page.viewportSize()?.width ?? 0) < 600 ? SIZES : [...SIZES].reverse();
  for (const size of [other, first]) {
    if (size) await page.setViewportSize(size);
    const needed = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(needed, `${page.url()} at ${size?.width}`).toBeLessThanOrEqual((size?.width ?? 0) + 1);
    expect(await lowControls(page), `${page.url()} at ${size?.width}`).toEqual([]);
  }
}

for (const role of roles) {
  test(`every page of the ${role} fits, speaks one language and can be used by all`, async ({
    page,
  }) => {
    test.slow();
    const isEnglish = currentWalk().lang === "en";
    await becomeRole(page, role);
    for (const path of await pagesOf(page, role)) {
      await test.step(path, async () => {
        const response = await page.goto(path);
        expect(response?.status(), path).toBe(200);
        expect(new URL(page.url()).pathname, "nobody is led away").toBe(path.split("?")[0]);
        await expect(page.locator("html")).toHaveAttribute("lang", isEnglish ? "en" : "zh-CN");
        await expect(page.locator("h1")).toHaveCount(1);
        expect(await page.title(), path).not.toBe("");
        await expectAccessible(page);
        await expectFit(page);
        const all = await textsOf(page, false);
        expect(all.filter((text) => KEY.test(text) && !text.includes("@"))).toEqual([]);
        if (!isEnglish) return;
        // A cooperative's and an officer's pages show addresses, names and banks as they were given.
        const texts = await textsOf(page, role === "manager" || role === "officer");
        expect(texts.filter((text) => isChinese(text) && !TYPED.test(text))).toEqual([]);
      });
    }
  });
}

test("home, search, produce and sign-in come in the first round trip, with next to no script", async ({
  page,
}) => {
  const produce = await linkOn(page, "/search?q=核桃", /\/produce\/[0-9a-f-]{36}/);
  const zip = { "Accept-Encoding": "gzip", Cookie: `lang=${currentWalk().lang}` };
  for (const path of ["/", "/search", produce, "/sign-in", "/cart", "/checkout"]) {
    const source = await (await page.request.get(path, { headers: zip })).text();
    const bytesOf = async (address: string) =>
      (await raw(address, { headers: zip })).body.byteLength;
    const sum = async (addresses: string[]) =>
      (await Promise.all(addresses.map(bytesOf))).reduce((total, bytes) => total + bytes, 0);
    const styles = [...source.matchAll(/href="(\/assets\/[^"]+\.css)"/g)].map(
      ([, href = ""]) => href,
    );
    const scripts = [...source.matchAll(/<script[^>]*src="([^"]+)"/g)].map(([, src = ""]) => src);
    expect(styles.length, path).toBeGreaterThan(0);
    expect(await sum([path, ...styles]), path).toBeLessThanOrEqual(FIRST_ROUND_TRIP);
    expect(await sum(scripts), path).toBeLessThanOrEqual(SCRIPTS);
    expect(source).not.toMatch(/<script(?![^>]*src="\/enhance\/)/);
    expect(source).not.toMatch(/modulepreload|__remix|\son[a-z]+="/);
  }
});

test("an address that leads nowhere says so in the reader's language", async ({ page }) => {
  await becomeRole(page, "buyer");
  for (const path of ["/nowhere", "/produce/none", "/orders/TJ00000000000000"]) {
    const response = await page.goto(path);
    expect(response?.status(), path).toBe(404);
    expect(isChinese(await page.locator("h1").innerText())).toBe(currentWalk().lang === "zh");
    await expectAccessible(page);
    await expectFit(page);
  }
});
