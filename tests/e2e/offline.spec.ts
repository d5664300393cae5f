import { expect, type Page, type Route, test } from "@playwright/test";
import { phonePhoto } from "#tests/factories/phone-photo.ts";
import { become, signOut } from "./become.ts";
import { isChinese } from "./forms.ts";
import {
  countOf,
  fillWords,
  keptPages,
  loseSignal,
  newTitle,
  openFarm,
  other,
  publish,
  state,
} from "./offline-farm.ts";
import { currentWalk } from "./walk.ts";

test.use({ serviceWorkers: "allow" });

async function fillOffer(page: Page, title: string, width = 640): Promise<void> {
  const buffer = await phonePhoto({ width, height: (width * 3) / 4 });
  await expect(page.locator("[data-with-script]")).toBeVisible();
  await page
    .locator("#field-photo")
    .setInputFiles({ name: "a.jpg", mimeType: "image/jpeg", buffer });
  await fillWords(page, title);
  await expect(state(page)).toHaveAttribute("data-offer-state", "draft");
  await expect.poll(() => keptQuantity(page)).toBe("7");
}

/** What the phone holds of the field that was filled in last. */
const keptQuantity = (page: Page) =>
  page.evaluate<string | undefined>(
    "keptOffers.read(location.hash.slice(1)).then(({ offer }) => offer?.values.quantity)",
  );

test("what is typed while a photo is being made small is in the phone before that is done", {
  tag: "@any-phone",
}, async ({ page }) => {
  await become(page, currentWalk().farmer);
  await page.goto("/farm/offline#new");
  await page.evaluate("self.shrinkPhoto = () => new Promise(() => {})");
  await fillOffer(page, newTitle());
});

test("a listing made without a signal outlives reloads and is published once when it is back", {
  tag: "@any-phone",
}, async ({ page, context }) => {
  const title = newTitle();
  await openFarm(page);
  await loseSignal(context);
  await page.goto("/farm/listings/new");
  await expect(page).toHaveURL(/\/farm\/offline$/);
  await fillOffer(page, title, 1800);
  await page.reload();
  await expect(page.locator('[name="title"]')).toHaveValue(title);
  await expect(page.locator('[name="category"]:checked')).toHaveValue("pear");
  await expect(page.locator(".kept-photo")).toHaveCount(1);
  // What the phone keeps of a photo is small.
  const { longest, bytes } = await page.evaluate<{ longest: number; bytes: number }>(
    `keptOffers.read(location.hash.slice(1)).then(async ({ photos: [{ blob }] }) => {
      const { width, height } = await createImageBitmap(blob);
      return { longest: Math.max(width, height), bytes: blob.size };
    })`,
  );
  expect(longest).toBe(1600);
  expect(bytes).toBeLessThanOrEqual(300_000);

  const tab = await context.newPage();
  await tab.goto("/farm/offline");
  await expect(tab.locator('[name="title"]')).toHaveValue(title);
  await publish(page);
  await expect(state(page)).toHaveAttribute("data-offer-state", "kept");
  await expect(state(tab)).toHaveAttribute("data-offer-state", "kept");
  await tab.goto("/farm/listings");
  await expect(tab.locator('[data-kept-offers] [data-state="kept"]')).toContainText(title);

  await context.setOffline(false);
  await expect(state(page)).toHaveAttribute("data-offer-state", "published", { timeout: 30_000 });
  await expect(tab.locator('[data-kept-offers] [data-state="published"]')).toContainText(title);
  expect(await countOf(page, title)).toBe(1);
  await page.locator("[data-see]").click();
  await expect(page.locator("main")).toContainText(title);
});

test("a photo that is cut on the way, an answer that is lost, and two tabs at once make one listing", {
  tag: "@any-phone",
}, async ({ page, context }) => {
  const title = newTitle();
  await become(page, currentWalk().farmer);
  await page.goto("/farm/offline#new");
  await fillOffer(page, title, 1200);
  let cuts = 0;
  const starts: string[] = [];
  await context.route("**/farm/uploads/*", (route) => {
    const at = route.request().headers()["upload-offset"] ?? "";
    // What has arrived of a photo is not sent again.
    if (starts.length > cuts && cuts < 3) {
      cuts += 1;
      return route.abort();
    }
    starts.push(at);
    return route.continue();
  });
  let sendings = 0;
  let isLost = false;
  await context.route("**/farm/offers", async (route) => {
    sendings += 1;
    if (sendings > 1) return route.continue();
    await route.fetch();
    await route.abort();
    isLost = true;
  });
  await publish(page);
  await expect.poll(() => isLost, { timeout: 30_000 }).toBe(true);
  expect(new Set(starts).size).toBe(starts.length);
  expect(cuts).toBeGreaterThan(0);
  await expect(state(page)).toHaveAttribute("data-offer-state", "kept");
  expect(await countOf(page, title)).toBe(1);
  const tab = await context.newPage();
  await Promise.all([page.goto("/farm/listings"), tab.goto("/farm/listings")]);
  for (const each of [page, tab]) {
    await expect(each.locator('[data-kept-offers] [data-state="published"]')).toContainText(title);
  }
  expect(sendings).toBeGreaterThan(1);
  expect(await countOf(page, title)).toBe(1);
});

test("a listing she changed after its answer was lost shows both, and becomes what she chooses", async ({
  page,
  context,
}) => {
  const title = newTitle();
  await become(page, currentWalk().farmer);
  await page.goto("/farm/offline#new");
  await fillOffer(page, title);
  let isLost = false;
  const lose = async (route: Route) => {
    await route.fetch();
    await route.abort();
    isLost = true;
  };
  await context.route("**/farm/offers", lose, { times: 1 });
  await publish(page);
  await expect.poll(() => isLost, { timeout: 30_000 }).toBe(true);
  await expect(state(page)).toHaveAttribute("data-offer-state", "kept");
  await page.locator('[name="price"]').fill("13.00");
  await publish(page);
  const both = page.locator("[data-differs]");
  await expect(both).toBeVisible({ timeout: 30_000 });
  await expect(both.locator("[data-published]")).toHaveText("¥12.50");
  await expect(both.locator("[data-offered]")).toHaveText("¥13.00");
  await both.locator('[value="offered"]').click();
  await expect(state(page)).toHaveAttribute("data-offer-state", "published", { timeout: 30_000 });
  await page.locator("[data-see]").click();
  await expect(page.locator("main")).toContainText("¥13.00");
  expect(await countOf(page, title)).toBe(1);
});

test("what is refused says so beside the field and can be sent again; who is signed out sends after signing in", async ({
  page,
  context,
}) => {
  const title = newTitle();
  await become(page, currentWalk().farmer);
  await page.goto("/farm/offline#new");
  await fillOffer(page, title);
  await page.locator('[name="price"]').fill("十块");
  await publish(page);
  await expect(state(page)).toHaveAttribute("data-offer-state", "refused");
  const said = await page.locator("#field-price-said").innerText();
  expect(isChinese(said)).toBe(currentWalk().lang === "zh");
  await expect(page.locator('[name="price"]')).toHaveValue("十块");
  await page.locator('[name="price"]').fill("12.50");

  await become(page, null);
  await publish(page);
  await expect(state(page)).toHaveAttribute("data-offer-state", "sign-in");
  // Whoever else signs in on this phone neither sees it nor sends it.
  await become(page, other());
  await page.goto("/farm/listings");
  await expect(page.locator("[data-kept-offers]")).toBeHidden();
  expect(await countOf(page, title)).toBe(0);
  await become(page, currentWalk().farmer);
  await page.goto("/farm/listings");
  await expect(page.locator('[data-kept-offers] [data-state="published"]')).toContainText(title);
  expect(await countOf(page, title)).toBe(1);
  await context.close();
});

test("the last copy of a page says of when it is; a session's end drops what is private, signing out and another household all", {
  tag: "@any-phone",
}, async ({ page, context }) => {
  await openFarm(page);
  await page.goto("/farm/earnings");
  await expect(page.locator("[data-as-of]")).toBeHidden();
  await loseSignal(context);
  await page.reload();
  await expect(page.locator("[data-as-of]")).toBeVisible();
  await expect(page.locator("[data-as-of]")).toContainText(/\d\d:\d\d/);
  await context.setOffline(false);

  const { names, paths } = await keptPages(page);
  expect(names).toHaveLength(1);
  expect(paths).toHaveLength(3);
  await become(page, null);
  await page.goto("/farm/earnings");
  await expect(page).toHaveURL(/\/sign-in/);
  await expect.poll(async () => (await keptPages(page)).paths).toEqual(["/farm/offline"]);
  await become(page, other());
  await page.goto("/farm/earnings");
  await expect.poll(async () => (await keptPages(page)).names).not.toEqual(names);
  expect((await keptPages(page)).names).toHaveLength(1);
  await signOut(page);
  expect(await keptPages(page)).toEqual({ names: [], paths: [] });
});
