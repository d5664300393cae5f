import { expect, test } from "@playwright/test";
import { become } from "./become.ts";
import { newNumber, signIn } from "./people.ts";
import { currentWalk, openBrowser } from "./walk.ts";

test("a manager asks somebody to pack, makes her bookkeeper, and lets her go; each time she sees what is hers alone", async ({
  page,
  browser,
}) => {
  const hers = await openBrowser(browser);
  const number = newNumber();
  const name = `打包小${number.slice(-4)}`;
  await become(page, currentWalk().manager);
  await page.goto("/coop");
  await page.locator('main a[href="/coop/people"]').click();

  // What is missing is said beside its field, and what was typed stays.
  const form = page.locator("form#invite");
  await form.locator('[name="phone"]').fill("12345");
  await form.locator('[name="name"]').fill(name);
  await form.locator("button").click();
  await expect(page.locator("#field-phone-error")).toBeVisible();
  await expect(page.locator("#field-role-error")).toBeVisible();
  await expect(form.locator('[name="name"]')).toHaveValue(name);
  await form.locator('[name="phone"]').fill(number);
  await form.locator('[value="packer"]').check();
  await form.locator("button").click();
  await expect(page.getByRole("status")).toBeVisible();
  await expect(page.locator("main table").last()).toContainText(name);

  await signIn(hers, `+86${number}`);
  await expect(hers.locator("main")).not.toContainText(name);
  await hers.locator('button[name="answer"][value="yes"]').click();
  await expect(hers).toHaveURL(/\/coop$/);
  await expect(hers.locator('header a[href="/coop/parcels"]')).toBeVisible();
  await expect(hers.locator('header a[href="/coop/payouts"]')).toHaveCount(0);
  const statusOf = async (path: string) => (await hers.request.get(path)).status();
  expect(await statusOf("/coop/parcels")).toBe(200);
  for (const path of ["/coop/payouts", "/coop/people", "/coop/listings"])
    expect(await statusOf(path)).toBe(403);

  const row = () => page.locator("main tr", { hasText: name });
  await page.goto("/coop/people");
  await row().getByRole("link").click();
  await page.locator('[name="role"][value="bookkeeper"]').check();
  await page.locator("form:has([name=role]) button").click();
  await expect(page).toHaveURL(/\/coop\/people\?done=saved$/);
  await hers.goto("/coop");
  await expect(hers.locator('header a[href="/coop/payouts"]')).toBeVisible();
  await expect(hers.locator('header a[href="/coop/parcels"]')).toHaveCount(0);
  expect(await statusOf("/coop/parcels")).toBe(403);

  await row().getByRole("link").click();
  await page.locator('form:has([value="end"]) button').click();
  await expect(page).toHaveURL(/\/coop\/people\?done=ended$/);
  await expect(row()).toHaveCount(0);
  expect((await hers.goto("/coop"))?.status()).toBe(403);
  await hers.context().close();
});
