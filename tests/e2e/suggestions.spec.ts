import { expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./accessible.ts";
import { chooseLanguage, currentWalk } from "./walk.ts";

/** Longer than the script waits for the next letter. */
const PAUSE_MS = 400;
const ASKED = "**/search/suggestions?*";
const box = (page: Page) => page.locator('main form[role="search"] input[name="q"]');
const options = (page: Page) => page.locator('main [role="listbox"] [role="option"]');

test.beforeEach(({ page }) => chooseLanguage(page, currentWalk().lang));

test("names are offered while somebody types, and arrow keys, Enter and Escape choose among them", async ({
  page,
}) => {
  await page.goto("/");
  await box(page).pressSequentially("pingg", { delay: 20 });
  await expect(options(page).first()).toBeVisible();
  await expect(box(page)).toHaveAttribute("aria-expanded", "true");
  await expect(page.locator('main form [role="status"]')).toHaveText(/\d/);
  await expectAccessible(page);
  const name = await options(page).first().innerText();

  await box(page).press("ArrowDown");
  const chosen = await box(page).getAttribute("aria-activedescendant");
  await expect(page.locator(`#${chosen}`)).toHaveAttribute("aria-selected", "true");
  await expect(box(page)).toBeFocused();
  await box(page).press("ArrowUp");
  await expect(box(page)).not.toHaveAttribute("aria-activedescendant");
  await box(page).press("Escape");
  await expect(options(page)).toHaveCount(0);
  await expect(box(page)).toHaveValue("pingg");

  await box(page).pressSequentially("u");
  await expect(options(page).first()).toBeVisible();
  await box(page).press("ArrowDown");
  await box(page).press("Enter");
  await expect(page).toHaveURL((url) => url.searchParams.get("q") === name);
  await expect(page.locator("main .cards")).toBeVisible();
});

test("a name that is touched is searched for, in rows for a thumb that fit a phone at twice the type size @any-phone", async ({
  page,
}) => {
  await page.goto("/search");
  await page.evaluate(() => document.documentElement.style.setProperty("font-size", "200%"));
  await box(page).pressSequentially("合作社");
  await expect(options(page).first()).toBeVisible();
  const width = page.viewportSize()?.width ?? 0;
  for (const row of await options(page).all()) {
    const { x, width: wide, height } = (await row.boundingBox()) ?? { x: -1, width: 0, height: 0 };
    expect(height).toBeGreaterThanOrEqual(44);
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x + wide).toBeLessThanOrEqual(width);
  }
  const name = await options(page).first().innerText();
  await options(page).first().tap();
  await expect(page).toHaveURL((url) => url.searchParams.get("q") === name);
});

test("nothing is asked while an input method composes, and an older answer never replaces a newer one @any-phone", async ({
  page,
}) => {
  const asked: string[] = [];
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route(ASKED, async (route) => {
    const q = new URL(route.request().url()).searchParams.get("q") ?? "";
    asked.push(q);
    if (q === "苹") await held;
    await route.fulfill({ json: [`<b>${q}</b>`] }).catch(() => {});
  });
  await page.goto("/search");
  const type = (value: string, isComposing: boolean) =>
    box(page).evaluate(
      (input: HTMLInputElement, [text, composing]) => {
        input.focus();
        input.value = text as string;
        input.dispatchEvent(new InputEvent("input", { isComposing: composing as boolean }));
        if (!composing) input.dispatchEvent(new CompositionEvent("compositionend"));
      },
      [value, isComposing] as const,
    );
  await type("ping'g", true);
  await page.waitForTimeout(PAUSE_MS);
  expect(asked).toEqual([]);
  await type("苹", false);
  await expect.poll(() => asked).toEqual(["苹"]);
  await type("苹果", false);
  await expect(options(page)).toHaveText(["<b>苹果</b>"]);
  letGo();
  await page.waitForTimeout(PAUSE_MS);
  await expect(options(page)).toHaveText(["<b>苹果</b>"]);
  expect(asked).toEqual(["苹", "苹果"]);
});

test("with the line gone what was typed is sent all the same @any-desktop", async ({ page }) => {
  await page.route(ASKED, (route) => route.abort());
  await page.goto("/");
  await box(page).pressSequentially("walnut");
  await box(page).press("Enter");
  await expect(page).toHaveURL(/\/search\?q=walnut/);
  await expect(options(page)).toHaveCount(0);
});
