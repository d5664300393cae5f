import { expect, type Page, test } from "@playwright/test";
import { farmRoutes } from "#app/farm/routes.ts";
import { becomeRole, pagesOf } from "./all-pages.ts";
import { giveVoice, type Phone } from "./voice.ts";
import { currentWalk } from "./walk.ts";

const saidOn = (page: Page) =>
  page.evaluate(() => (window as unknown as { said: string[] }).said.join(" "));

/**
 * What stands on the page, open folds and all, and is said by none of its reading buttons. Left out
 * is only what a control says of itself: a button, a fold, a choice, a link that stands alone.
 */
function unread(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const own = window as unknown as { said: string[] };
    const main = document.querySelector("main") ?? document.body;
    for (const fold of main.querySelectorAll("details")) fold.open = true;
    own.said.length = 0;
    for (const button of main.querySelectorAll("button")) {
      if (button.textContent === main.dataset.readText && button.checkVisibility()) button.click();
    }
    const plain = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, "");
    let said = plain(own.said.join(""));
    const isControl = (one: Element) => {
      const link = one.closest("a");
      if (link && !link.firstElementChild && !link.closest("li")) {
        return getComputedStyle(link).display !== "inline";
      }
      return one.closest("button, .btn, summary, nav, select, label:not([for]), [aria-hidden]");
    };
    const texts: string[] = [];
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const home = node.parentElement;
      if (!home?.checkVisibility() || isControl(home)) continue;
      // An amount is said in words; what stands around it is said as it stands.
      for (const part of (node.textContent ?? "").split(/[−-]?¥([\d,]+)(?:\.\d\d)?|[×/·]/)) {
        if (part && part !== "0" && plain(part)) texts.push(part);
      }
    }
    // Each is said as often as it stands there; what is short may be a part of what is long.
    return texts
      .sort((a, b) => plain(b).length - plain(a).length)
      .filter((text) => {
        const isSaid = said.includes(plain(text));
        said = said.replace(plain(text), " ");
        return !isSaid;
      });
  });
}

test("in the easy mode the phone can read every sentence of a farm's pages, errors too", async ({
  page,
  baseURL,
}) => {
  test.slow();
  await giveVoice(page);
  await becomeRole(page, "farmer");
  const paths = [...(await pagesOf(page, "farmer")), "/consent/none", "/sign-in"];
  const shapes = farmRoutes
    .filter(({ file }) => file.endsWith(".tsx"))
    .map(({ path = "" }) => new RegExp(`^/${path.replace(/:\w+/g, "[^/]+")}$`));
  const isVisited = (shape: RegExp) => paths.some((path) => shape.test(path));
  expect(shapes.filter((shape) => !isVisited(shape))).toEqual([]);
  await page.context().addCookies([{ name: "farm-mode", value: "easy", url: baseURL ?? "" }]);
  const left: Record<string, string[]> = {};
  const listen = async (name: string) => {
    const deadline = Date.now() + 3000; // what a page puts in itself is there a moment later
    let texts = await unread(page);
    while (texts.length > 0 && Date.now() < deadline) {
      await page.waitForTimeout(200);
      texts = await unread(page);
    }
    if (texts.length > 0) left[name] = texts;
  };
  for (const path of paths) {
    await page.goto(path);
    await listen(path);
  }

  const whole = "/farm/listings/new/whole";
  await page.goto(whole);
  const amounts = page.locator("[data-read-group]").filter({ has: page.locator("output") });
  await page.locator("#field-price").fill("20.80");
  await expect(amounts.getByRole("button")).toBeVisible();
  await page.locator("#field-price").fill("");
  await expect(amounts.getByRole("button"), "nothing to read").toHaveCount(0);
  await page.locator("form#listing > .btn").click();
  await expect(page.locator("#field-price-error")).toBeVisible();
  await listen(`${whole}, refused`);
  expect(left).toEqual({});
});

test("the phone reads what is owed aloud, and a second tap stops it", async ({ page }) => {
  await giveVoice(page);
  await becomeRole(page, "farmer");
  await page.goto("/farm");
  const button = page.locator("main[data-read-text] section button").first();
  const words = await button.innerText();
  await button.click();
  await expect(button).not.toHaveText(words);
  const said = await saidOn(page);
  expect(said).toMatch(currentWalk().lang === "zh" ? /\d(元|角|分)/ : /\d yuan/);
  expect(said).not.toContain("¥");
  await button.click();
  await expect(button).toHaveText(words);
});

test("a phone without a voice for the page's language shows no button until it brings one", async ({
  page,
}) => {
  const [ours, other] = currentWalk().lang === "zh" ? ["zh_CN", "en-GB"] : ["en_GB", "zh-CN"];
  await giveVoice(page, [other]);
  await becomeRole(page, "farmer");
  await page.goto("/farm");
  const buttons = page.locator("main[data-read-text] .read-aloud");
  await expect(page.locator("html")).toHaveAttribute("data-household", /./);
  await page.waitForTimeout(5_000); // it looks again by itself for as long
  await expect(buttons).toHaveCount(0);
  const bring = (...languages: string[]) =>
    page.evaluate((all) => (window as unknown as Phone).bringVoices(...all), languages);
  await bring(other, ours);
  await expect(buttons.first()).toBeVisible();
  await bring(other);
  await expect(buttons).toHaveCount(0);
});

test("where the phone fails to read the button says so, and reads at the next tap", async ({
  page,
}) => {
  await giveVoice(page);
  await becomeRole(page, "farmer");
  await page.goto("/farm");
  const button = page.locator("main[data-read-text] section button").first();
  const main = page.locator("main[data-read-text]");
  await page.evaluate(() => Object.assign(window, { isMute: true }));
  await button.click();
  await expect(button).toHaveText((await main.getAttribute("data-fail-text")) ?? "");
  await page.evaluate(() => Object.assign(window, { isMute: false }));
  await button.click();
  await expect(button).toHaveText((await main.getAttribute("data-stop-text")) ?? "");
  expect(await saidOn(page)).not.toBe("");
});
