import { expect, test } from "@playwright/test";
import { makeWorkbook } from "#tests/factories/workbook.ts";
import { expectAccessible } from "./accessible.ts";
import { become } from "./become.ts";
import { currentWalk, reloadUntil } from "./walk.ts";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

test("a manager sends a workbook in: she sees what is wrong in each cell, takes the right lines, and the same again changes nothing", async ({
  page,
}) => {
  await become(page, currentWalk().manager);
  await page.goto("/coop/listings");
  await page.locator('main a[href="/coop/imports"]').click();
  await expectAccessible(page);
  const table = await (await page.request.get("/coop/imports/listings.csv")).text();
  const [first, second] = [...table.matchAll(/\n([0-9a-f-]{36}),/g)].map(([, id]) => String(id));
  const send = async (name: string, buffer: Buffer) => {
    await page.goto("/coop/imports");
    await page.locator('input[name="kind"][value="lots"]').check();
    await page.locator('main input[type="file"]').setInputFiles({ name, mimeType: XLSX, buffer });
    await page.locator('main form[enctype="multipart/form-data"] button').click();
  };
  await send("photo.xlsx", Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0x10]));
  await expect(page.locator("#field-file-error")).toBeVisible();
  await expectAccessible(page);

  // Excel has the day as a number; a note tells this walk's batch from another's.
  const day = Math.floor(Date.now() / 86_400_000) + 25_569 - 1;
  const book = makeWorkbook([
    ["商品编号", "新到数量", "采收日期", "备注"],
    [String(first), 1, day, crypto.randomUUID()],
    [String(second), "一箱", "明天", null],
  ]);
  await send("stock.xlsx", book);
  await expect(page).toHaveURL(/\/coop\/imports\/[0-9a-f-]{36}$/);
  await expectAccessible(page);
  await expect(page.locator("main td .error")).toHaveCount(2);
  await page.locator('main form[method="post"] button[value="right-ones"]').click();
  await reloadUntil(page, async () => (await page.locator("main progress").count()) === 0);
  await expect(page.getByRole("status")).toBeVisible();
  await expectAccessible(page);
  const wrong = await page.request.get(`${new URL(page.url()).pathname}/wrong.csv`);
  expect(await wrong.text()).toContain(`${second},一箱,明天`);

  await send("again.xlsx", book);
  await expect(page.locator("main td .error")).toHaveCount(2);
  await expect(page.locator('main form[method="post"]')).toHaveCount(0);
});
