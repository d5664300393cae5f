import { expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./accessible.ts";
import { isChinese } from "./forms.ts";
import { currentWalk } from "./walk.ts";

const KEY =
  /\b(account|chrome|claims|coop|errors|farm|operations|relief|reviews|shop|words)\.[a-z][a-zA-Z.-]+\b/;
/** What these journeys typed in Chinese only, the farmer's example of a Chinese name, her bank, an answer by text message, the name that the seed's orders go to, a packer's name, where a village brings its harvest. */
const TYPED =
  /试种|代挂|挑剔|一次|试单|田园路|核桃|drop table|高山红富士苹果|农村信用社|同意|演示买家|装箱小|村委会门口/;
const SIZES = [
  { width: 360, height: 740 },
  { width: 1280, height: 800 },
];
const FINGER = 44;

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

export async function expectFit(page: Page): Promise<void> {
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
export async function expectSound(page: Page, path: string, isAsGiven: boolean): Promise<void> {
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

/** What does not hold at a type size: wider than the screen, or lower than a finger. */
export async function faultsAt(page: Page, fontSize: string): Promise<string[]> {
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
