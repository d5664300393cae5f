import { expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./accessible.ts";
import { become } from "./become.ts";
import { fieldsOf, html, linkOn, send } from "./forms.ts";
import { chooseRegion, currentWalk } from "./walk.ts";

const save = (page: Page) => page.locator("#freight > button").click();
const wayTo = (page: Page, province: string) => page.locator(`select[name="way-${province}"]`);

/** Something that the manager's own cooperative sells, as its public page lists it. */
async function produceOf(page: Page): Promise<{ shop: string; produce: string }> {
  const shop = await linkOn(page, "/coop/freight", /\/cooperatives\/[a-z0-9-]+/);
  return { shop, produce: await linkOn(page, shop, /\/produce\/[0-9a-f-]{36}/) };
}

test("a manager says what freight costs and where nothing is sent, and buyers see it before they pay", async ({
  page,
}) => {
  await become(page, currentWalk().manager);
  await page.goto("/coop");
  await page.locator('a[href="/coop/freight"]').click();
  await expectAccessible(page);
  const before = await fieldsOf(page, "/coop/freight", "#freight");
  const { shop, produce } = await produceOf(page);
  try {
    await page.locator('[name="firstKg-1"]').fill("1.005");
    await wayTo(page, "46").selectOption("1");
    await wayTo(page, "54").selectOption("none");
    await save(page);
    await expect(page.locator("#field-firstKg-1-error")).toBeVisible();
    await expect(wayTo(page, "54")).toHaveValue("none");
    await expectAccessible(page);
    for (const [field, typed] of [
      ["firstKg-1", "1"],
      ["firstYuan-1", "9.90"],
      ["addedKg-1", "0.5"],
      ["addedYuan-1", "0"],
    ] as const) {
      await page.locator(`[name="${field}"]`).fill(typed);
    }
    await save(page);
    await expect(page).toHaveURL(/news=saved/);
    await expect(page.locator("#history li")).not.toHaveCount(0);
    await expect(page.locator("#history")).toContainText("¥9.90");
    await expectAccessible(page);

    await become(page, null);
    await expect.poll(() => html(page, shop)).toMatch(/¥9\.90/);
    expect(await html(page, shop)).toMatch(/不送：西藏|Not sent to: Tibet/);
    expect(await html(page, `${produce}?to=540000`)).toMatch(/不送到西藏|does not send to/);
    await page.goto(produce);
    await page.locator("main form.card button.btn-buy").click();
    await page.goto("/checkout");
    await chooseRegion(page, ["540000", "540100", "540102"]);
    const notice = page.locator("#summary .notice");
    await expect(notice).toContainText(/送不到西藏自治区|is sent to Tibet/);
    await expect(page.locator('#summary a[href="/cart"]')).toBeVisible();
    await expectAccessible(page);
    await chooseRegion(page, ["460000", "460100", "460105"]);
    await expect(page.locator("#summary")).toContainText("¥9.90");
    await expect(page.locator("#summary .notice")).toHaveCount(0);
    await expect(page.locator("#summary button.btn-buy")).toBeVisible();
  } finally {
    await become(page, currentWalk().manager);
    const { revision = "" } = await fieldsOf(page, "/coop/freight", "#freight");
    const undone = await send(page, "/coop/freight", { ...before, revision });
    expect(undone.location).toContain("/coop/freight?news=");
  }
});
