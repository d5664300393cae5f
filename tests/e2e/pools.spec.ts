import { expect, test } from "@playwright/test";
import { expectAccessible } from "./accessible.ts";
import { become } from "./become.ts";
import { fieldsOf, html, send } from "./forms.ts";
import { currentWalk } from "./walk.ts";

test("a manager opens a pooled listing, goods are weighed into it, and buyers find it on sale", async ({
  page,
}) => {
  await become(page, currentWalk().manager);
  await page.goto("/coop");
  await page.locator('main a[href="/coop/pools"]').click();
  await expectAccessible(page);
  await page.locator('main a[href="/coop/pools/new"]').click();
  await expectAccessible(page);
  await page.locator("main form button").click();
  await expect(page.locator("#pool")).toBeVisible();
  await expectAccessible(page);
  const category = await page.locator("#pool [name=category]").inputValue();
  const name = `合卖试单${String(Date.now()).slice(-6)}`;
  await page.locator("[name=title]").fill(name);
  await page.locator("[name=titleEn]").fill(name.replace("合卖试单", "Pooled "));
  await page.locator("[name=price]").fill("一");
  await page.locator("#pool > button").click();
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(page.locator("[name=title]")).toHaveValue(name);
  await expect(page.locator("[name=price]")).toHaveAttribute("aria-invalid", "true");
  await expectAccessible(page);
  await page.locator("[name=price]").fill("36.80");
  await page.locator("[name=grade][value=first]").check();
  await page.locator("#pool > button").click();
  await expect(page).toHaveURL(/\/coop\/pools\/[0-9a-f-]{36}\?news=opened$/);
  await expectAccessible(page);
  const pool = new URL(page.url()).pathname;
  const id = pool.split("/").at(-1) ?? "";
  const onSale = page.locator("button[value=resume]");
  await onSale.click();
  await expect(page.getByRole("alert")).toBeVisible();
  expect((await page.request.get(`/produce/${id}`)).status(), "nobody's goods yet").toBe(200);

  const cards = [...(await html(page, "/coop/intake/cards")).matchAll(/\b(\d{4}) (\d{4})\b/g)];
  for (const [, first = "", rest = ""] of cards.slice(0, 2)) {
    const form = await fieldsOf(page, "/coop/intake", "#weigh-in");
    const what = { category, grade: "first", pool: id, gross: "10.5", tare: "0.4" };
    const weighed = { ...form, household: first + rest, ...what };
    expect((await send(page, "/coop/intake", weighed)).status).toBe(303);
  }
  await page.goto(pool);
  await expect(page.locator("main tbody tr")).toHaveCount(2);
  await onSale.click();
  await expect(page.getByRole("status")).toBeVisible();
  await expect(onSale).toHaveCount(0);
  await expectAccessible(page);

  await page.locator("[name=price]").fill("30");
  await page.locator(`form[action="${pool}/price"] button`).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(page.locator("[name=price]")).toHaveValue("30");
  await expectAccessible(page);
  await page.goto(`/produce/${id}`);
  await expect(page.locator("main")).toContainText("¥36.80");
  await expect(page.locator("main form.card")).toBeVisible();
  await expectAccessible(page);

  await page.goto(pool);
  await page.locator("summary").last().click();
  await page.locator("button[value=withdraw]").click();
  await expect(page.getByRole("status")).toBeVisible();
  await expect(page.locator("button[name=event]")).toHaveCount(0);
});
