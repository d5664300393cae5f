import { expect, test } from "@playwright/test";
import { phonePhoto } from "#tests/factories/phone-photo.ts";
import {
  countOf,
  keptPages,
  loseSignal,
  newTitle,
  openFarm,
  publish,
  state,
} from "./offline-farm.ts";

test.use({ serviceWorkers: "allow" });

test("a draft that the line leaves at its crop or its amount goes on without a signal, with its words and photos, as one listing", {
  tag: "@any-phone",
}, async ({ page, context }) => {
  const title = newTitle();
  const next = () => page.locator('#listing button[type="submit"]').last().click();
  await openFarm(page);
  await page.goto("/farm/listings/new");
  const draft = new URL(page.url()).pathname.replace("/photos", "");
  const photo = { name: "a.jpg", mimeType: "image/jpeg" };
  await page
    .locator("#field-photo")
    .setInputFiles({ ...photo, buffer: await phonePhoto({ width: 800, height: 600 }) });
  await expect(page.locator('.photo-uploads [data-state="there"]')).toHaveCount(1);
  await next();
  await expect(page).toHaveURL(`${draft}/crop`);
  await page.locator('.crop-group:has([value="pear"]) > summary').click();
  await page.locator('.crop-group [value="pear"]').check();
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
