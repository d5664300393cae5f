import { expect, test } from "@playwright/test";
import { become } from "./become.ts";
import { send } from "./forms.ts";
import { currentWalk } from "./walk.ts";

test("what is typed into a draft stays in the phone until it is saved; where another phone saved meanwhile both are shown", {
  tag: "@any-phone",
}, async ({ page, context }) => {
  await become(page, currentWalk().farmer);
  const path = `/farm/listings/drafts/${crypto.randomUUID()}/amount`;
  const price = page.locator('[name="price"]');
  const note = page.locator("[data-typed-note]");
  const next = page.locator("#listing > button").last();
  await send(page, path, { price: "10.00" });
  await page.goto(path);
  await expect(note).toBeHidden();
  await price.fill("12.50");
  await send(page, path, { price: "11.00" });
  await page.reload();
  await expect(note).toBeVisible();
  await expect(price).toHaveValue("12.50");
  await context.setOffline(true);
  await next.click();
  await expect(note).toBeVisible();
  await context.setOffline(false);
  await expect(note).toBeHidden();
  await next.click();
  await expect(page.getByRole("alert")).toContainText("11.00");
  await expect(price).toHaveValue("12.50");
  await page.locator('[name="quantity"]').fill("7");
  await next.click();
  await expect(page).toHaveURL(/\/check$/);
  // What has arrived is not put back over what was saved later.
  await send(page, path, { price: "13.00" });
  await page.goto(path);
  await expect(price).toHaveValue("13.00");
  await expect(note).toBeHidden();
});
