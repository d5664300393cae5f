import { expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./accessible.ts";
import { become } from "./become.ts";
import { planCycle } from "./cycle-pages.ts";
import { placeAndPay } from "./delivered.ts";
import { html, mainText } from "./forms.ts";
import { currentWalk, reloadUntil } from "./walk.ts";

/** Something of the walk's farmer that can be bought; its id. */
async function farmersListing(page: Page): Promise<string> {
  await become(page, currentWalk().farmer);
  const found = (await html(page, "/farm/listings")).matchAll(/\/farm\/listings\/([0-9a-f-]{36})/g);
  for (const id of new Set([...found].map(([, id = ""]) => id))) {
    if (/class="card buy"/.test(await html(page, `/produce/${id}`))) return id;
  }
  throw new Error("her farmer has nothing on sale");
}

const asManager = (page: Page) => become(page, currentWalk().manager);

test("a cycle sells till it closes; then the household reads what to bring where, and nobody can order", async ({
  page,
}) => {
  const listing = await farmersListing(page);
  const produce = `/produce/${listing}`;
  await asManager(page);
  const cycle = await planCycle(page, listing, -1);
  await page.goto(cycle);
  await expect(page.locator("main")).toContainText(/正在卖|Open/);
  await expectAccessible(page);

  await become(page, null);
  await page.goto(produce);
  await expect(page.locator("main")).toContainText(/截单|Order until/);
  await expectAccessible(page);
  await placeAndPay(page, produce);

  await asManager(page);
  await page.goto(`${cycle}/run`);
  await expect(page.locator("main")).toContainText(/还没有截单|has not closed yet/);
  await page.goto(cycle);
  await page.locator('form[action$="/closing"] button').click();
  await expect(page.locator('[role="status"]')).toContainText(/已经截单|Closed/);
  expect(await mainText(page, cycle)).not.toMatch(/取消这一期$|Call it off/);

  await page.goto(`${cycle}/run`);
  await expect(page.locator("main")).toContainText("村委会门口");
  await page.locator('form[action$="/notes"] button').click();
  await expect(page.locator('[role="status"]')).toContainText(/给 1 户|1 household was/);
  await expectAccessible(page);
  await page.emulateMedia({ media: "print" });
  await expect(page.getByText(/农户签名|Household signs/).first()).toBeVisible();
  await expect(page.locator("form").first()).toBeHidden();
  await page.emulateMedia({ media: "screen" });
  const file = await page.request.get(`${cycle}/run.csv`);
  expect(file.headers()["cache-control"]).toBe("no-store");
  expect(await file.text()).toContain("村委会门口");

  await become(page, null);
  await reloadUntil(page, async () => {
    await page.goto(produce);
    return (await page.locator("form.buy").count()) === 0;
  });
  await expect(page.locator("main")).toContainText(/还没到下单时间|Not on sale just now/);
  await expectAccessible(page);

  await become(page, currentWalk().farmer);
  await page.goto("/farm");
  await expect(page.locator("main")).toContainText(/要送货|Goods to bring/);
  await expect(page.locator("main")).toContainText("村委会门口");
  await expectAccessible(page);

  // For the journeys after this one it is sold as before.
  await asManager(page);
  await page.goto("/coop/cycles");
  await page.locator(`form[action="/coop/listings/${listing}/any-time"] button`).click();
  await expect(page.locator('[role="status"]').first()).toContainText(/改好了|Done/);
  await expectAccessible(page);
});
