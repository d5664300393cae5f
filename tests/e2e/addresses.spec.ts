import { expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./accessible.ts";
import { fillCart } from "./all-pages.ts";
import { become } from "./become.ts";
import { html, isChinese, send } from "./forms.ts";
import { chooseRegion, currentWalk, hasScripts } from "./walk.ts";

const PASTED = "张三 138-1234-5678 四川省成都市武侯区浆洗街街道天府大道 1 号";
const ids = (text: string) => [
  ...new Set(
    [...text.matchAll(/\/account\/addresses\/([0-9a-f-]{36})\/edit/g)].map(([, id]) => id),
  ),
];

async function emptyBook(page: Page): Promise<void> {
  for (const id of ids(await html(page, "/account/addresses"))) {
    await send(page, `/account/addresses/${id}/removal`, {});
  }
}

/** At the checkout: the address that is chosen now, and what the page says of freight to it. */
async function choose(page: Page, name: string | RegExp): Promise<void> {
  await page.locator("#field-addressId label").filter({ hasText: name }).locator("input").check();
  if (!hasScripts()) await page.locator('button[name="choose"]').click();
  await page.waitForLoadState("load");
}

test("a buyer keeps addresses, pasted and typed, and chooses one of them at the checkout", async ({
  page,
}) => {
  await become(page, currentWalk().officer);
  await emptyBook(page);
  await page.goto("/account");
  await page.locator('main a[href="/account/addresses"]').click();
  await expectAccessible(page);
  await page.locator('main a[href="/account/addresses/new"]').click();
  await page.locator("#paste summary").click();
  await page.locator('[name="pasted"]').fill(PASTED);
  await page.locator('button[name="paste"]').click();
  await expect(page.locator('[name="recipient"]')).toHaveValue("张三");
  await expect(page.locator('[name="phone"]')).toHaveValue("13812345678");
  await expect(page.locator('select[name="county"]')).toHaveValue("510107");
  await expect(page.locator('[name="township"]')).toHaveValue("浆洗街街道");
  await expect(page.locator('[name="street"]')).toHaveValue("天府大道 1 号");
  await expect(page.locator('[name="pasted"]')).toHaveValue(PASTED);
  await expectAccessible(page);
  await page.locator('[name="phone"]').fill("12");
  await page.locator("#address > button").last().click();
  const error = page.locator("#field-phone-error");
  await expect(error).toBeVisible();
  expect(isChinese((await error.textContent()) ?? "")).toBe(currentWalk().lang === "zh");
  await page.locator('[name="phone"]').fill("13812345678");
  await page.locator('[name="isDefault"]').check();
  await page.locator("#address > button").last().click();
  await expect(page).toHaveURL(/\/account\/addresses\?done=kept$/);

  await page.goto("/account/addresses/new");
  await page.locator('[name="recipient"]').fill("李四");
  await page.locator('[name="phone"]').fill("13900000002");
  await page.locator('[name="street"]').fill("世纪大道 2 号");
  await chooseRegion(page, ["310000", "310100", "310115"]);
  await expect(page.locator('[name="street"]')).toHaveValue("世纪大道 2 号");
  await page.locator("#address > button").last().click();
  await expect(page.locator("main li")).toHaveCount(2);
  await expect(page.locator("main li").first()).toContainText("张三");
  await expectAccessible(page);

  await fillCart(page);
  await page.goto("/checkout");
  await expect(page.locator("#field-addressId input:checked")).toHaveCount(1);
  await expect(page.locator('[name="recipient"]')).toHaveCount(0);
  await expectAccessible(page);
  await choose(page, "李四");
  await expect(
    page.locator("#field-addressId label").filter({ hasText: "李四" }).locator("input"),
  ).toBeChecked();
  await choose(page, /新地址|new address/);
  await expect(page.locator('[name="recipient"]')).toHaveValue("");
  await expectAccessible(page);
  await choose(page, "李四");
  await page.locator("#summary button.btn-buy").click();
  await expect(page).toHaveURL(/\/sandbox\/pay\//);
  expect(await html(page, "/orders")).toMatch(/\/orders\/TJ\d{14}/);
  const order = /\/orders\/TJ\d{14}/.exec(await html(page, "/orders"))?.[0] ?? "";
  await page.goto(order);
  await expect(page.locator("main")).toContainText("世纪大道 2 号");

  await page.goto("/account/addresses");
  const li = page.locator("main li").filter({ hasText: "李四" });
  await li.locator("summary").click();
  await li.locator('form[action$="/removal"] button').click();
  await expect(page).toHaveURL(/done=removed/);
  expect(await html(page, "/account/addresses")).not.toContain("李四");
  await page.goto(order);
  await expect(page.locator("main")).toContainText("世纪大道 2 号");
  await page.locator('form[action$="/cancellation"] button').first().click();
  await emptyBook(page);
});
