import { expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./accessible.ts";
import { becomeRole, linkOn, pagesOf, type Role } from "./all-pages.ts";
import { claimPages } from "./claim-pages.ts";
import { isChinese } from "./forms.ts";
import { raw } from "./raw.ts";
import { currentWalk } from "./walk.ts";

const roles: Role[] = ["buyer", "farmer", "manager", "officer", "operator"];
const KEY =
  /\b(account|chrome|claims|coop|errors|farm|operations|relief|shop|words)\.[a-z][a-zA-Z.-]+\b/;
/** What these journeys typed in Chinese only, the farmer's example of a Chinese name, her bank, an answer by text message. */
const TYPED = /试种|代挂|挑剔|一次|试单|田园路|核桃|drop table|高山红富士苹果|农村信用社|同意/;
const SIZES = [
  { width: 360, height: 740 },
  { width: 1280, height: 800 },
];
const FINGER = 44;
const FIRST_ROUND_TRIP = 14_600;
const SCRIPTS = 10_000;

/**
 * Controls lower than a finger is wide, and links that would be narrower than one if what they name
 * had a name of one character; a link within a sentence is as high as its line.
 */
function smallControls(page: Page): Promise<string[]> {
  return page.evaluate((least) => {
    for (const fold of document.querySelectorAll("details")) fold.open = true;
    const isInText = (one: Element) =>
      one.tagName === "A" &&
      getComputedStyle(one).display === "inline" &&
      one.parentElement?.textContent?.trim() !== one.textContent?.trim();
    const widthOfOne = (link: Element) => {
      const name = link.textContent;
      link.textContent = "梨";
      const { width } = (link.closest(".produce") ?? link).getBoundingClientRect();
      link.textContent = name;
      return width;
    };
    const isNarrow = (one: Element) =>
      one.matches("main a") && one.childElementCount === 0 && widthOfOne(one) < least - 0.5;
    const all = "a[href], button, input:not([type=hidden]), select, textarea, summary";
    return [...document.querySelectorAll(all)]
      .filter((one) => one.checkVisibility() && !isInText(one))
      .map((one) => ({ one, box: (one.closest("label, .produce") ?? one).getBoundingClientRect() }))
      .filter(({ one, box }) => box.width > 1 && (box.height < least - 0.5 || isNarrow(one)))
      .map(
        ({ one, box }) =>
          `${box.width.toFixed(1)} × ${box.height.toFixed(1)} px: ${one.outerHTML.slice(0, 120)}`,
      );
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
    const needed = await page.evaluate(() =>
      Math.max(
        document.documentElement.scrollWidth,
        // What a phone shows as cards is not to be pushed along.
        ...[...document.querySelectorAll(".table-cards")].map((one) => one.scrollWidth),
      ),
    );
    expect(needed, `${page.url()} at ${size?.width}`).toBeLessThanOrEqual((size?.width ?? 0) + 1);
    expect(await smallControls(page), `${page.url()} at ${size?.width}`).toEqual([]);
  }
}

/** One page, whole: at both widths, in one language, with nothing that axe finds. */
async function expectSound(page: Page, path: string, isAsGiven: boolean): Promise<void> {
  const isEnglish = currentWalk().lang === "en";
  await test.step(path, async () => {
    const response = await page.goto(path);
    expect(response?.status(), path).toBe(200);
    expect(new URL(page.url()).pathname, "nobody is led away").toBe(path.split("?")[0]);
    await expect(page.locator("html")).toHaveAttribute("lang", isEnglish ? "en" : "zh-CN");
    await expect(page.locator("h1")).toHaveCount(1);
    expect(await page.title(), path).not.toBe("");
    await expectFit(page);
    const all = await textsOf(page, false);
    expect(all.filter((text) => KEY.test(text) && !text.includes("@"))).toEqual([]);
    const texts = isAsGiven ? await textsOf(page, true) : all;
    const isForeign = (text: string) => isChinese(text) && !TYPED.test(text);
    if (isEnglish) expect(texts.filter(isForeign)).toEqual([]);
    await expectAccessible(page);
  });
}

for (const role of roles) {
  test(`every page of the ${role} fits, speaks one language and can be used by all`, async ({
    page,
  }) => {
    test.slow();
    await becomeRole(page, role);
    for (const path of await pagesOf(page, role)) {
      // A cooperative's and an officer's pages show addresses, names and banks as they were given,
      // and the sandbox what was sent to whoever it was.
      const isAsGiven = role === "manager" || role === "officer" || path === "/sandbox";
      await expectSound(page, path, isAsGiven);
    }
  });
}

test("a claim's pages, of every side and in every state, fit, speak one language, hold at twice the type size and can be used by all", async ({
  page,
}) => {
  test.slow();
  for await (const path of claimPages(page)) {
    await expectSound(page, path, false);
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto(path);
    expect(await faultsAt(page, "200%")).toEqual([]);
  }
});

/** What does not hold at a type size: wider than the screen, or lower than a finger. */
async function faultsAt(page: Page, fontSize: string): Promise<string[]> {
  await page.evaluate((size) => {
    document.documentElement.style.fontSize = size;
  }, fontSize);
  const where = `${new URL(page.url()).pathname} at ${fontSize || "its own size"}`;
  const needed = await page.evaluate(() =>
    Math.max(
      document.documentElement.scrollWidth,
      // What a phone shows as cards is not to be pushed along.
      ...[...document.querySelectorAll(".table-cards")].map((one) => one.scrollWidth),
    ),
  );
  const wide = needed > 361 ? [`${where} needs ${needed} px`] : [];
  return [...wide, ...(await smallControls(page)).map((low) => `${where}: ${low}`)];
}

test("a manager's pages hold at twice the type size", async ({ page }) => {
  test.slow();
  await becomeRole(page, "manager");
  await page.setViewportSize({ width: 360, height: 740 });
  const faults: string[] = [];
  for (const path of await pagesOf(page, "manager")) {
    await page.goto(path);
    faults.push(...(await faultsAt(page, "200%")));
  }
  expect(faults).toEqual([]);
});

test("a farmer's pages hold at twice the type size, and in the easy mode at twice its own", async ({
  page,
}) => {
  test.slow();
  await becomeRole(page, "farmer");
  const paths = await pagesOf(page, "farmer");
  await page.setViewportSize({ width: 360, height: 740 });
  const faults: string[] = [];
  const look = async (...sizes: string[]) => {
    for (const path of paths) {
      await page.goto(path);
      for (const size of sizes) faults.push(...(await faultsAt(page, size)));
    }
  };
  await look("200%");
  await page.goto("/farm");
  await page.locator("button[name=mode]").click();
  await expect(page.locator("html")).toHaveAttribute("data-mode", "easy");
  // The page is there a moment before the sheet of its large type.
  const base = () =>
    page.evaluate(() => Number.parseFloat(getComputedStyle(document.body).fontSize));
  await expect.poll(base).toBeGreaterThanOrEqual(20);
  await expect(page.locator("nav.site-nav")).toBeVisible();
  await look("", "250%");
  expect(faults).toEqual([]);
  await page.goto("/account");
  await page.locator("button[name=mode]").click();
  await expect(page).toHaveURL(/\/account$/);
  await expect(page.locator("html")).not.toHaveAttribute("data-mode");
});

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
    // A block of data for search engines is no script: no browser runs it.
    const run = source.replaceAll(/<script type="application\/ld\+json">[^<]*<\/script>/g, "");
    expect(run).not.toMatch(/<script(?![^>]*src="\/enhance\/)/);
    expect(source).not.toMatch(/modulepreload|__remix|\son[a-z]+="/);
  }
});

test("an address that leads nowhere says so in the reader's language, to a form too", async ({
  page,
}) => {
  await becomeRole(page, "buyer");
  const send = (action: string) =>
    Promise.all([
      page.waitForResponse((answer) => answer.request().method() === "POST"),
      page.evaluate((to) => {
        const form = Object.assign(document.createElement("form"), { method: "post", action: to });
        document.body.append(form);
        form.submit();
      }, action),
    ]).then(([response]) => response);
  const open = (path: string) => page.goto(path);
  const ways = [
    ...["/nowhere", "/produce/none", "/orders/TJ00000000000000", "/counties/110000"].map(
      (path) => [path, open, 404] as const,
    ),
    ["/orders/TJ00000000000000", send, 405] as const,
  ];
  for (const [path, way, status] of ways) {
    const response = await way(path);
    expect(response?.status(), path).toBe(status);
    await page.waitForURL(path);
    expect(isChinese(await page.locator("h1").innerText())).toBe(currentWalk().lang === "zh");
    await expectAccessible(page);
    await expectFit(page);
  }
});
