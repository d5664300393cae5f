import { expect, type Page, test } from "@playwright/test";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import { phonePhoto } from "#tests/factories/phone-photo.ts";
import { become } from "./become.ts";
import { fieldsOf, formData, mainText, send } from "./forms.ts";
import { photoFile } from "./photo-file.ts";
import { chooseCrop, currentWalk } from "./walk.ts";

const WHOLE = "/farm/listings/new/whole";
const titles = () => [`先上${Date.now() % 100_000}`, `后上${Date.now() % 100_000}`] as const;
const count = async (page: Page, what: string) =>
  (await mainText(page, "/farm/listings")).split(what).length - 1;

async function fill(page: Page, crop: string, fields: Record<string, string>): Promise<void> {
  await chooseCrop(page, crop);
  for (const [name, text] of Object.entries(fields)) {
    await page.locator(`#listing [name="${name}"]`).fill(text);
  }
}
const press = (page: Page) =>
  page.locator('#listing > button[type="submit"], #restock > button[type="submit"]').last().click();

test("what a second tab fills in under the same key is never thrown away: asked about, it becomes one more", {
  tag: "@any-phone",
}, async ({ page, context }) => {
  const [first, second] = titles();
  await become(page, currentWalk().farmer);
  await page.goto(WHOLE);
  const there = page.locator('.photo-uploads [data-state="there"]');
  await page.locator("#field-photo").setInputFiles(await photoFile());
  await expect(there).toHaveCount(1, { timeout: 30_000 });
  await fill(page, "apple", { title: second, price: "30.00", quantity: "9" });

  const tab = await context.newPage();
  await tab.goto(WHOLE);
  await expect(tab.locator('[name="title"]')).toHaveValue(second);
  await expect(tab.locator('.photo-uploads [data-state="there"]')).toHaveCount(1);
  await fill(tab, "pear", { title: first, price: "44.00", quantity: "5" });
  await press(tab);
  await expect(tab).toHaveURL(/done=published/);
  const listing = new URL(tab.url()).pathname;

  await press(page);
  const asked = page.locator("main [role=alert]").filter({ hasText: first });
  await expect(asked.getByRole("link")).toHaveAttribute("href", `${listing}/edit`);
  await expect(page.locator('[name="title"]')).toHaveValue(second);
  await expect(page.locator('#listing [type="checkbox"][name="photoId"]:checked')).toHaveCount(1);
  expect(await count(page, second)).toBe(0);
  // Left without pressing again, all of it is still in the phone.
  await page.goto(WHOLE);
  await expect(page.locator('[name="title"]')).toHaveValue(second);
  await expect(there).toHaveCount(1, { timeout: 30_000 });
  await press(page);
  await expect(page).toHaveURL(/done=published/);
  expect(new URL(page.url()).pathname).not.toBe(listing);
  expect(await count(page, first)).toBe(1);
  expect(await count(page, second)).toBe(1);
  await page.goto(WHOLE);
  await expect(page.locator('[name="title"]')).toHaveValue("");
  await expect(page.locator(".photo-uploads li")).toHaveCount(0);

  await page.goto(`${listing}/restock`);
  await page.locator('[name="quantity"]').fill("6");
  await tab.goto(`${listing}/restock`);
  await expect(tab.locator('[name="quantity"]')).toHaveValue("6");
  await tab.locator('[name="quantity"]').fill("10");
  await press(tab);
  await expect(tab).toHaveURL(/done=restocked/);
  await press(page);
  await expect(page.locator("main [role=alert]")).toContainText("10");
  await expect(page.locator('[name="quantity"]')).toHaveValue("6");
  await press(page);
  await expect(page).toHaveURL(/done=restocked/);
  await expect(page.locator("main .tone-leaf[role=status]")).toContainText("21");
});

test("so it is without scripts: another crop under a key that was used is not put up unasked", async ({
  page,
}) => {
  const [first, second] = titles();
  await become(page, currentWalk().farmer);
  const { clientKey = "" } = await fieldsOf(page, WHOLE);
  const fields = {
    ...{ clientKey, title: first, titleEn: "", category: "apple", grade: "first", unit: "kg" },
    ...{ unitGrams: "", price: "20.00", quantity: "9" },
    harvestedOn: shanghaiDay(new Date()),
  };
  const shot = async (width: number) =>
    new File([Buffer.from(await phonePhoto({ width, height: 480 }))], "a.jpg");
  expect(await send(page, WHOLE, formData(fields, [await shot(640)]))).toMatchObject({
    status: 303,
  });
  const other = { ...fields, title: second, price: "21.00" };
  const asked = await send(page, WHOLE, formData(other, [await shot(700)]));
  expect(asked.status).toBe(409);
  expect(await count(page, second)).toBe(0);
});
