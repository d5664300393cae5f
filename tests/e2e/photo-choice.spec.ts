import { expect, test } from "@playwright/test";
import { become } from "./become.ts";
import { send } from "./forms.ts";
import { photoFile } from "./photo-file.ts";
import { currentWalk } from "./walk.ts";

test("a photo field is one button that a key opens, and says how many are chosen, with the line or without @any-phone", async ({
  page,
}) => {
  await become(page, currentWalk().farmer);
  await page.goto("/farm/listings/new");
  const draft = new URL(page.url()).pathname.replace("/photos", "");
  const field = page.locator("#field-photo");
  const button = page.locator('label[for="field-photo"]');
  const count = page.locator("#photo-count");
  const photo = (width: number) => photoFile(width, { name: `${width}.jpg` });

  await expect(field).toHaveCSS("opacity", "0");
  expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(44);
  await expect(page.getByLabel(await button.innerText())).toHaveCount(1);
  await expect(count).toBeEmpty();
  for (const open of [
    () => button.click({ force: true }),
    async () => {
      await field.focus();
      await page.keyboard.press("Enter");
    },
  ]) {
    const [chooser] = await Promise.all([page.waitForEvent("filechooser"), open()]);
    expect(chooser.isMultiple()).toBe(true);
  }
  await field.setInputFiles([await photo(640), await photo(600)]);
  await expect(count).toHaveText("已选 2 张");
  await expect(page.locator('.photo-uploads [data-state="there"]')).toHaveCount(2);
  await page.locator('#listing button[type="submit"]').last().click();
  await expect(page).toHaveURL(`${draft}/crop`);
  await page.goto(`${draft}/photos`);
  await expect(count).toHaveText("已选 2 张");
  await page.locator('input[name="photoId"]').first().uncheck();
  await expect(count).toHaveText("已选 1 张");
  await page
    .locator(".photo-choice")
    .nth(1)
    .locator("xpath=ancestor::details")
    .evaluate((fold) => {
      (fold as HTMLDetailsElement).open = true;
    });
  await expect(page.locator("details .photo-choice:visible")).toHaveCount(1);
  await send(page, `${draft}/discard`, {});

  await page.goto("/farm/offline#new");
  await field.setInputFiles([await photo(320)]);
  await expect(count).toHaveText("已选 1 张");
  await page.locator(".photo-previews button").click();
  await expect(count).toBeEmpty();
});
