import { expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./accessible.ts";
import { become } from "./become.ts";
import { claimFor, deliveredOrder } from "./delivered.ts";
import { html } from "./forms.ts";
import { currentWalk, openBrowser, reloadUntil } from "./walk.ts";

test.describe.configure({ mode: "serial" });

let page: Page;
let desk: string;
test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000);
  page = await openBrowser(browser);
  const delivered = await deliveredOrder(page);
  const claim = await claimFor(page, delivered.form, "50");
  desk = claim.replace(/^\/orders\/TJ\d{14}/, "/coop");
  await become(page, currentWalk().manager);
});
test.afterAll(() => page.close());

const main = () => page.locator("main");
const fenOf = (text: string | null) =>
  Number(
    /¥([\d,]+)\.(\d\d)/
      .exec(text ?? "")
      ?.slice(1)
      .join("")
      .replaceAll(",", ""),
  );

/** What the reserve holds, as its page says. */
async function balance(): Promise<number> {
  await page.goto("/coop/reserve");
  return fenOf(await main().locator("dd strong").first().textContent());
}

test("the manager reads what is kept of her fees and why, and sets how much", async () => {
  await page.goto("/coop/payouts");
  await expectAccessible(page);
  await main().locator('a[href="/coop/reserve"]').first().click();
  await expect(page).toHaveURL(/\/coop\/reserve$/);
  await expectAccessible(page);
  const rate = page.locator('[name="rate"]');
  const ceiling = page.locator('[name="ceiling"]');
  const stood = await ceiling.inputValue();
  await rate.fill("60");
  await page.locator('form[action="/coop/reserve"] button').click();
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(rate).toHaveAttribute("aria-invalid", "true");
  await expect(rate).toHaveValue("60");
  await expectAccessible(page);
  await rate.fill("35");
  await page.locator('form[action="/coop/reserve"] button').click();
  await expect(page).toHaveURL(/news=saved$/);
  await expect(page.getByRole("status")).toBeVisible();
  await expect(rate).toHaveValue("35");
  await expect(ceiling).toHaveValue(stood);
  await expectAccessible(page);
});

test("what a claim costs the cooperative is drawn from it first, and its statement says for which claim", async () => {
  const before = await balance();
  expect(before, "the orders of the seed's last days can be claimed for").toBeGreaterThan(0);
  await page.goto(desk);
  await page.locator('[name="answer"][value="accept"]').check();
  await page.locator('[name="fault"][value="cooperative"]').check();
  await page.locator('[name="reason"]').fill("装箱时压坏了");
  await page.getByRole("button", { name: /答复买家|Answer the buyer/ }).click();
  await expect(page.locator('[name="answer"]')).toHaveCount(0);
  await page.goto("/coop/statement?of=reserve");
  const entry = main().locator('a[href^="/coop/reserve/"]').first();
  const isDrawn = /售后动用准备金|Drawn from the reserve for a claim/;
  await reloadUntil(page, async () => isDrawn.test(await html(page, "/coop/statement?of=reserve")));
  await expectAccessible(page);
  await entry.click();
  await expect(page).toHaveURL(/\/coop\/reserve\/[0-9a-f-]{36}$/);
  await expect(main().locator(`a[href="${desk}"]`)).toBeVisible();
  await expectAccessible(page);
  const drawn = fenOf(await main().locator("dd strong").first().textContent());
  expect(drawn).toBeGreaterThan(0);
  expect(await balance(), "to the fen").toBe(before - drawn);
});

test("a run that is prepared says what it holds back, as its preview did", async () => {
  const kept = await balance();
  await page.goto("/coop/payouts");
  expect(fenOf(await page.locator("#held dd").first().textContent())).toBe(kept);
  await main().locator('form[method="post"] button').first().click();
  await expect(page).toHaveURL(/\/coop\/payouts\/[0-9a-f-]{36}$/);
  const run = new URL(page.url()).pathname;
  expect(fenOf(await page.locator("#held dd").first().textContent())).toBe(kept);
  await expectAccessible(page);
  await page.locator(`form[action="${run}/cancellation"] button`).click();
  await expect(page.locator(`form[action="${run}/cancellation"]`)).toHaveCount(0);
  await expect(page.locator("#held"), "of what is over nothing is held").toHaveCount(0);
});
