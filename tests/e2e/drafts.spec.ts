import { expect, type Page, test } from "@playwright/test";
import { phonePhoto } from "#tests/factories/phone-photo.ts";
import { become } from "./become.ts";
import { expectRefused, fieldsOf, isChinese, linkOn, send } from "./forms.ts";
import { photoFile } from "./photo-file.ts";
import { currentWalk, hasScripts, openBrowser, otherFarmer } from "./walk.ts";

let page: Page;
let draft = "";

test.beforeEach(async ({ browser }) => {
  page = await openBrowser(browser);
  await become(page, currentWalk().farmer);
  await page.goto("/farm/listings/new");
  draft = new URL(page.url()).pathname.replace("/photos", "");
});
test.afterEach(async () => {
  await send(page, `${draft}/discard`, {});
  await page.context().close();
});

const go = () => page.locator('#listing button[type="submit"]').last().click();

test("a draft left half way is found again with all that was typed, right or wrong", async () => {
  await page.goto(`${draft}/crop`);
  await page.locator('[name="title"]').fill("半路苹果");
  await page.locator('[name="category"]').first().waitFor({ state: "attached" });
  await send(page, `${draft}/crop`, { title: "半路苹果", category: "apple", grade: "second" });
  const refused = await send(page, `${draft}/amount`, { price: "十块", quantity: "3", unit: "kg" });
  await expectRefused(page, refused, { field: "price", kept: { price: "十块", quantity: "3" } });
  await page.goto("/farm/listings");
  await page.locator(`a[href^="${draft}"]`).click();
  await page.goto(`${draft}/amount`);
  await expect(page.locator('[name="price"]')).toHaveValue("十块");
  await expect(page.locator('[name="quantity"]')).toHaveValue("3");
  // The last page says what is missing and publishes nothing.
  await page.goto(`${draft}/check`);
  await expect(page.locator("main .error")).toHaveCount(2);
  const answer = await send(page, `${draft}/check`, await fieldsOf(page, `${draft}/check`));
  expect(answer.status).toBe(422);
  // From there she mends what is missing and comes back.
  await page.locator(`a[href="${draft}/amount?to=check"]`).last().click();
  await page.locator('[name="price"]').fill("10");
  await go();
  await expect(page).toHaveURL(`${draft}/check`);
  await expect(page.locator("main .error")).toHaveCount(1);
});

test("what another phone saved meanwhile is shown beside hers, and she chooses", async () => {
  const crop = { category: "apple", grade: "first" };
  await send(page, `${draft}/crop`, { ...crop, title: "头一个" });
  const { version = "" } = await fieldsOf(page, `${draft}/crop`);
  await send(page, `${draft}/crop`, { ...crop, version, title: "那一部手机" });
  const late = await send(page, `${draft}/crop`, { ...crop, version, title: "这一部手机" });
  expect(late.status).toBe(409);
  expect(late.html).toContain("那一部手机");
  expect(late.html).toContain("这一部手机");
  expect(isChinese(/role="alert".*?<p[^>]*>([^<]*)/s.exec(late.html)?.[1] ?? "")).toBe(
    currentWalk().lang === "zh",
  );
  // Sent once more, hers is taken.
  const renewed = /name="version" value="(\d+)"/.exec(late.html)?.[1] ?? "";
  const again = { ...crop, version: renewed, title: "这一部手机" };
  expect((await send(page, `${draft}/crop`, again)).status).toBe(303);
  expect(await fieldsOf(page, `${draft}/crop`)).toMatchObject({ title: "这一部手机" });
});

test("a photo that is no photo is refused beside the field; those that are good stay", async () => {
  const buffer = await phonePhoto({ width: 640, height: 480 });
  await page
    .locator('input[name="photo"]')
    .first()
    .setInputFiles([
      { name: "good.jpg", mimeType: "image/jpeg", buffer },
      { name: "letter.jpg", mimeType: "image/jpeg", buffer: Buffer.from("no photo at all") },
    ]);
  if (hasScripts()) {
    // Each is sent as soon as it is chosen, the good one first.
    await expect(page.locator('.photo-uploads [data-state="refused"]')).toContainText(
      /相机重新拍|camera/,
    );
  } else {
    await go();
    await expect(page.locator("#photo-error")).toContainText("letter");
    await expect(page.locator('input[name="photoId"]')).toHaveCount(1);
    await page.reload();
  }
  await page.goto(`${draft}/photos`);
  await expect(page.locator('input[name="photoId"]')).toHaveCount(1);
  await go();
  await expect(page).toHaveURL(`${draft}/crop`);
});

test("nobody else finds a draft by its address", async () => {
  await send(page, `${draft}/crop`, { category: "apple", title: "自己的", grade: "first" });
  await become(page, otherFarmer());
  await page.goto(`${draft}/crop`);
  await expect(page.locator('[name="title"]')).not.toHaveValue("自己的");
  await send(page, `${draft}/discard`, {});
  await become(page, currentWalk().farmer);
  await page.goto(`${draft}/crop`);
  await expect(page.locator('[name="title"]')).toHaveValue("自己的");
});

test("a photo that another phone has taken out is shown, and comes back only if she says so", async ({
  browser,
}) => {
  const kept = page.locator('.card input[name="photoId"]');
  const files = [await photoFile(640), await photoFile(660)];
  await page.locator("#field-photo").setInputFiles(files);
  await go();
  await expect(page).toHaveURL(`${draft}/crop`);
  await page.goto(`${draft}/photos`);
  await expect(kept).toHaveCount(2);

  const other = await openBrowser(browser);
  await become(other, currentWalk().farmer);
  await other.goto(`${draft}/photos`);
  await other.locator('input[name="photoId"]').first().uncheck();
  await other.locator('#listing button[type="submit"]').last().click();
  await expect(other).toHaveURL(`${draft}/crop`);
  await other.context().close();

  await go();
  const asked = page.getByRole("alert");
  await expect(asked.locator('input[name="photoId"]')).not.toBeChecked();
  await expect(kept).toHaveCount(1);
  await go();
  await expect(page).toHaveURL(`${draft}/crop`);
  await page.goto(`${draft}/photos`);
  await expect(kept).toHaveCount(1);
});

test("wherever she lists, or her cooperative for her, it says which village buyers will read", async () => {
  const OFFER = /\/coop\/listings\/new\/[0-9a-f-]{36}/;
  const grown = currentWalk().lang === "zh" ? /产地：\S+。/ : /Grown in .+, the village/;
  for (const path of [`${draft}/check`, "/farm/listings/new/whole", "/farm/offline"]) {
    await page.goto(path);
    await expect(page.locator("main form", { hasText: grown })).toHaveCount(1);
  }
  await become(page, currentWalk().manager);
  await page.goto(await linkOn(page, "/coop/listings/new", OFFER));
  await expect(page.locator("#listing")).toContainText(grown);
  await become(page, currentWalk().farmer);
});
