import { expect, type Page, test } from "@playwright/test";
import { become } from "./become.ts";
import { html } from "./forms.ts";
import { loseSignal } from "./offline-farm.ts";
import { currentWalk } from "./walk.ts";

test.use({ serviceWorkers: "allow" });

const rows = (page: Page, state: string) => page.locator(`[data-kept] li[data-is="${state}"]`);

async function openScale(page: Page): Promise<string> {
  await become(page, currentWalk().manager);
  const [, first = "", rest = ""] =
    /\b(\d{4}) (\d{4})\b/.exec(await html(page, "/coop/intake/cards")) ?? [];
  await page.goto("/coop/intake");
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await expect
    .poll(() => page.evaluate(async () => Boolean(await caches.match("/coop/intake/offline"))))
    .toBe(true);
  return `${first}${rest}`;
}

async function weigh(page: Page, household: string, gross: string): Promise<void> {
  await page.locator("[name=household]").fill(household);
  await page.locator("[name=category]").selectOption({ index: 1 });
  await page.locator("[name=gross]").fill(gross);
  await page.locator("#weigh-in > button").click();
}

/** How often a weight stands among all that was weighed today. */
async function timesNoted(page: Page, net: string): Promise<number> {
  const all = (await html(page, "/coop/intake/days")).split("<table").at(-1) ?? "";
  return all.split(`${net} `).length - 1;
}

test("what is weighed without a signal is kept over a reload, and sent once when it is back", async ({
  page,
  context,
}) => {
  const card = await openScale(page);
  const gross = `1${String(Date.now()).slice(-3)}.${String(Date.now()).slice(-2)}1`;
  await loseSignal(context);
  await page.reload();
  await expect(page.locator("form[data-scale]")).toBeVisible();
  await weigh(page, card, gross);
  await expect(rows(page, "kept")).toHaveCount(1);
  // A card that was read wrongly is found without the market.
  await page.locator("[name=household]").fill(card.replace(/.$/, (last) => `${(+last + 1) % 10}`));
  await page.locator("[name=household]").press("Enter");
  await expect(page.locator("#scale-card-error")).toBeVisible();
  await page.reload();
  await expect(rows(page, "kept")).toHaveCount(1);
  await context.setOffline(false);
  await page.reload();
  await expect(rows(page, "sent")).toHaveCount(1);
  await page.reload();
  await expect(rows(page, "kept")).toHaveCount(0);
  expect(await timesNoted(page, gross)).toBe(1);
});

test("an answer that was lost, and a session that ended, lose and double nothing", async ({
  page,
}) => {
  const card = await openScale(page);
  const gross = `2${String(Date.now()).slice(-3)}.${String(Date.now()).slice(-2)}3`;
  // It arrives, and its answer does not.
  await page.route("**/coop/intake/kept", async (route) => {
    await route.fetch();
    await route.abort();
  });
  await weigh(page, card, gross);
  await expect(rows(page, "kept")).toHaveCount(1);
  await expect.poll(() => timesNoted(page, gross)).toBe(1);
  // Not before the answer is lost.
  await page.unrouteAll({ behavior: "wait" });

  await page.context().clearCookies();
  await page.locator("[data-send-all]").click();
  await expect(rows(page, "sign-in")).toHaveCount(1);
  // Somebody else on the same phone neither sees it nor sends it.
  await become(page, currentWalk().lang === "zh" ? "+8610000000010" : "+8610000000003");
  await page.locator("[data-send-all]").click();
  await expect(rows(page, "other")).toHaveCount(1);
  await page.goto("/coop/intake");
  await expect(page.locator("[data-kept]")).toBeHidden();
  await become(page, currentWalk().manager);
  await page.goto("/coop/intake");
  await expect(rows(page, "sent")).toHaveCount(1);
  expect(await timesNoted(page, gross)).toBe(1);
});
