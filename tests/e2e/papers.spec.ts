import { expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./accessible.ts";
import { checkoutFields, fillCart } from "./all-pages.ts";
import { become } from "./become.ts";
import { cartOf, isChinese, linkOn, send } from "./forms.ts";
import { currentWalk, payWithCard, reloadUntil } from "./walk.ts";

/** An order that this browser has paid: the page of it, which stands open. */
async function payOrder(page: Page): Promise<string> {
  await become(page, null);
  await fillCart(page);
  expect((await send(page, "/checkout", await checkoutFields(page))).status).toBe(303);
  const order = await linkOn(page, "/orders", /\/orders\/TJ\d{14}/);
  await page.goto((await send(page, `${order}/payment`, {})).location);
  await payWithCard(page, "4242424242424242");
  await expect(page).toHaveURL(/\/orders\/TJ\d{14}/);
  await page.goto(order);
  await reloadUntil(page, async () => (await page.locator("#papers").count()) > 0);
  return order;
}

test("a buyer prints her receipt, says whom the invoice goes to, and the manager reads it", async ({
  page,
}) => {
  const order = await payOrder(page);
  await page.locator(`#papers a[href="${order}/payment-receipt"]`).click();
  await expect(page.locator("h1")).toBeVisible();
  await expect(page.locator("main")).toContainText(order.slice(-16));
  await expect(page.locator("main table")).toBeVisible();
  await page.emulateMedia({ media: "print" });
  await expect(page.locator("header").first()).toBeHidden();
  await expect(page.locator("main table")).toBeVisible();
  await page.emulateMedia({ media: null });
  await expectAccessible(page);

  await page.goto(order);
  await page.locator(`#papers a[href="${order}/invoice"]`).click();
  await page.locator('[name="kind"]').selectOption("company");
  await page.locator('[name="title"]').fill("试单公司");
  await page.locator('[name="taxNumber"]').fill("91350100M000100Y44");
  await page.locator("main form.card button").click();
  await expect(page.locator('[name="taxNumber"]')).toHaveAttribute("aria-invalid", "true");
  await expect(page.locator('[name="taxNumber"]')).toHaveValue("91350100M000100Y44");
  await expect(page.locator('[name="title"]')).toHaveValue("试单公司");
  const said = await page.locator("#field-taxNumber-error").innerText();
  expect(isChinese(said)).toBe(currentWalk().lang === "zh");
  await expectAccessible(page);
  await page.locator('[name="taxNumber"]').fill("9135 0100 m000100y43");
  await page.locator("main form.card button").click();
  await expect(page).toHaveURL(/news=invoice-saved$/);
  await expect(page.locator("#papers")).toContainText("91350100M000100Y43");

  const number = order.slice(-16);
  await become(page, currentWalk().manager);
  for (const state of ["waiting", "accepted"]) {
    await page.goto(`/coop/parcels?state=${state}`);
    const row = page.getByRole("link", { name: number });
    if ((await row.count()) === 0) continue;
    await row.click();
    await expect(page.locator("#invoice")).toContainText("91350100M000100Y43");
    return;
  }
  // Another cooperative sold it: this one must not see it at all.
  await expect(page.locator("main")).not.toContainText("试单公司");
});

test("what was bought once is bought again by one tap, and twice is once", async ({ page }) => {
  const order = await payOrder(page);
  await page.locator(`form[action="${order}/reorder"] button`).click();
  await expect(page).toHaveURL(/\/cart\?again=TJ\d{14}$/);
  await expect(page.getByRole("status")).toContainText(order.slice(-16));
  await expectAccessible(page);
  const once = await cartOf(page);
  expect(once).toEqual([expect.stringMatching(/ 2 /)]);
  const again = await send(page, `${order}/reorder`, {});
  expect([again.status, again.location]).toEqual([303, `/cart?again=${order.slice(-16)}`]);
  expect(await cartOf(page)).toEqual(once);
  await page.locator('a[href="/checkout"]').click();
  await expect(page.locator('[name="recipient"]')).toBeVisible();
});

test("whoever scans a parcel is told where it grew, and not whose it is", async ({ page }) => {
  const order = await payOrder(page);
  await page.locator('main a[href^="/trace/"]').click();
  await expect(page).toHaveURL(/\/trace\/[\w-]{22}$/);
  const trace = page.url();
  await become(page, null);
  await page.goto(trace);
  await expect(page.locator("main")).toContainText(currentWalk().lang === "zh" ? "核桃" : "alnut");
  for (const secret of ["试单买家", "13800009999", "田园路", order.slice(-16), "¥"]) {
    await expect(page.locator("main")).not.toContainText(secret);
  }
  await expect(page.locator('meta[name="robots"]')).toHaveAttribute("content", "noindex");
  await expectAccessible(page);
  await page.locator('main a[href="/ledger"]').click();
  await expect(page).toHaveURL(/\/ledger$/);
});

test("the labels of packed parcels are printed one a sheet, or four on A4", async ({ page }) => {
  await become(page, currentWalk().manager);
  for (const path of ["/coop/packing-list/labels", "/coop/packing-list/labels/a4"]) {
    await page.goto(`${path}?state=waiting`);
    const labels = page.locator(".label-sheet");
    const count = await labels.count();
    expect(count).toBeGreaterThan(0);
    // The bars of its order's number, and the code that leads to where it grew.
    await expect(labels.first().getByRole("img")).toHaveCount(2);
    await expectAccessible(page);
    // What pages have above and below is not printed; what a label has there is.
    await page.emulateMedia({ media: "print" });
    for (const part of [
      labels.first().getByRole("img").first(),
      labels.first().getByRole("img").last(),
      labels.first().locator(".label-head"),
    ]) {
      await expect(part).toBeVisible();
    }
    await expect(page.locator("h1")).toBeHidden();
    await page.emulateMedia({ media: null });
    const paper = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
    const sheets = paper.match(/\/Type \/Page\b/g)?.length;
    const isRoll = !path.endsWith("a4");
    expect(sheets, path).toBe(isRoll ? count : Math.ceil(count / 4));
    const [, width = "", height = ""] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(paper) ?? [];
    const millimetres = [width, height].map((points) => Math.round((Number(points) * 25.4) / 72));
    expect(millimetres).toEqual(isRoll ? [100, 150] : [210, 297]);
  }
});
