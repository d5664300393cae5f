import { type Browser, expect, type Page, test } from "@playwright/test";
import { become } from "./become.ts";
import { html } from "./forms.ts";
import {
  countOf,
  keptPages,
  loseSignal,
  newTitle,
  openFarm,
  publish,
  state,
} from "./offline-farm.ts";
import { photoFile } from "./photo-file.ts";
import { chooseCrop, currentWalk } from "./walk.ts";

test.use({ serviceWorkers: "allow" });

test("a draft that the line leaves at its crop or its amount goes on without a signal, with its words and photos, as one listing", {
  tag: "@any-phone",
}, async ({ page, context }) => {
  const title = newTitle();
  const next = () => page.locator('#listing button[type="submit"]').last().click();
  await openFarm(page);
  await page.goto("/farm/listings/new");
  const draft = new URL(page.url()).pathname.replace("/photos", "");
  await page.locator("#field-photo").setInputFiles(await photo(800));
  await expect(page.locator('.photo-uploads [data-state="there"]')).toHaveCount(1);
  await next();
  await expect(page).toHaveURL(`${draft}/crop`);
  await chooseCrop(page, "pear");
  await page.locator('[name="title"]').fill(title);
  await expect(page.locator("[data-go-offline]")).toBeHidden();
  await next();
  await expect(page).toHaveURL(`${draft}/amount`);

  // What the browser asks for while the line is gone is answered by what the phone keeps.
  await expect.poll(async () => (await keptPages(page)).paths).toContain("/farm/offline");
  await loseSignal(context);
  await page.locator('[name="price"]').fill("12.50");
  await page.reload();
  await expect(page.locator("[data-no-signal]")).toBeVisible();
  await expect(
    page.locator(`a[href="/farm/offline#draft=${draft.split("/").at(-1)}"]`),
  ).toBeVisible();
  await context.setOffline(false);
  await page.goto(`${draft}/amount`);
  await expect(page.locator('[name="price"]')).toHaveValue("12.50");
  await loseSignal(context);
  await next();
  await page.locator("[data-go-offline] a").click();

  await expect(page.locator('[name="category"]:checked')).toHaveValue("pear");
  await expect(page.locator('[name="title"]')).toHaveValue(title);
  await expect(page.locator('[name="price"]')).toHaveValue("12.50");
  await expect(page.locator("[data-photos-there]")).toContainText("1");
  await page.locator('[name="quantity"]').fill("7");
  await publish(page);
  await expect(state(page)).toHaveAttribute("data-offer-state", "kept");
  await context.setOffline(false);
  await expect(state(page)).toHaveAttribute("data-offer-state", "published", { timeout: 30_000 });
  expect(await countOf(page, title)).toBe(1);
  // The draft has become that listing, with the photo that had reached the market before.
  await page.goto(`${draft}/check`);
  await expect(page).toHaveURL(/\/farm\/listings\/[0-9a-f-]{36}$/);
  await expect(page.locator("main")).toContainText(title);
  await page.goto(`${new URL(page.url()).pathname}/edit`);
  await expect(page.locator('input[name="photoId"]')).toHaveCount(1);
});

const photo = (width: number) => photoFile(width, { height: 600, name: `${width}.jpg` });
const isDraft = async (page: Page, draft: string) =>
  (await html(page, "/farm/listings")).includes(`href="${draft}/`);
const next = (page: Page) => page.locator('#listing button[type="submit"]').last().click();

/** Begins a draft with a photo and a crop, and takes it along to where there is no signal. */
async function takeAlong(page: Page, title: string): Promise<string> {
  await openFarm(page);
  await page.goto("/farm/listings/new");
  const draft = new URL(page.url()).pathname.replace("/photos", "");
  await page.locator("#field-photo").setInputFiles(await photo(800));
  await expect(page.locator('.photo-uploads [data-state="there"]')).toHaveCount(1);
  await next(page);
  await chooseCrop(page, "pear");
  await page.locator('[name="title"]').fill(title);
  await next(page);
  await expect(page).toHaveURL(`${draft}/amount`);
  await expect.poll(async () => (await keptPages(page)).paths).toContain("/farm/offline");
  await loseSignal(page.context());
  await next(page);
  await page.locator("[data-go-offline] a").click();
  await expect(page.locator('[name="category"]:checked')).toHaveValue("pear");
  await page.locator('[name="price"]').fill("20.00");
  await page.locator('[name="quantity"]').fill("9");
  await publish(page);
  await expect(state(page)).toHaveAttribute("data-offer-state", "kept");
  return draft;
}

/** Goes on with it on another phone that has a signal: another price, quantity, and one photo more. */
async function goOnElsewhere(browser: Browser, draft: string): Promise<void> {
  const { baseURL, viewport } = test.info().project.use;
  const context = await browser.newContext({ baseURL, viewport });
  const page = await context.newPage();
  await become(page, currentWalk().farmer);
  await page.goto(`${draft}/photos`);
  await page.locator("#field-photo").setInputFiles(await photo(820));
  await next(page);
  await expect(page).toHaveURL(`${draft}/crop`);
  await page.goto(`${draft}/amount`);
  await page.locator('[name="price"]').fill("60.00");
  await page.locator('[name="quantity"]').fill("4");
  await next(page);
  await expect(page).toHaveURL(`${draft}/check`);
  await context.close();
}

for (const choice of ["offered", "published"] as const) {
  test(`a draft taken along, and changed meanwhile on another phone, shows both and becomes what she chooses: ${choice}`, async ({
    page,
    browser,
  }) => {
    const title = newTitle();
    const draft = await takeAlong(page, title);
    await goOnElsewhere(browser, draft);
    await page.context().setOffline(false);
    const both = page.locator("[data-differs]");
    await expect(both).toBeVisible({ timeout: 30_000 });
    await expect(state(page)).toHaveAttribute("data-offer-state", "differs");
    for (const [there, here] of [
      ["¥60.00", "¥20.00"],
      [/^4\b/, /^9\b/],
      [/^2\b/, /^1\b/],
    ] as const) {
      const facts = both.locator("li").filter({ has: page.locator("strong", { hasText: there }) });
      await expect(facts.locator("[data-offered]").filter({ hasText: here })).toHaveCount(1);
    }
    await expect(both.locator('[data-of="listing"]').first()).toBeHidden();
    await expect(both.locator('[data-of="draft"]').first()).toBeVisible();
    expect(await isDraft(page, draft)).toBe(true);
    await both.locator(`[value="${choice}"]`).click();

    if (choice === "offered") {
      await expect(state(page)).toHaveAttribute("data-offer-state", "published", {
        timeout: 30_000,
      });
      await page.locator("[data-see]").click();
      await expect(page.locator("main")).toContainText("¥20.00");
      expect(await isDraft(page, draft)).toBe(false);
      expect(await countOf(page, title)).toBe(1);
      return;
    }
    // Led to the draft as the other phone left it: nothing is on sale before she says so there.
    await expect(page).toHaveURL(`${draft}/check`);
    await expect(page.locator("main")).toContainText("¥60.00");
    await expect(page.locator("main .thumb")).toHaveCount(2);
    expect(await isDraft(page, draft)).toBe(true);
    // What she had typed here does not come back over it.
    await page.goto(`${draft}/amount`);
    await expect(page.locator('[name="price"]')).toHaveValue("60.00");
    await page.goto("/farm/listings");
    await expect(page.locator("[data-kept-offers]")).toBeHidden();
    await page.goto(`${draft}/check`);
    await next(page);
    await expect(page).toHaveURL(/\/farm\/listings\/[0-9a-f-]{36}/);
    expect(await isDraft(page, draft)).toBe(false);
    expect(await countOf(page, title)).toBe(1);
  });
}
