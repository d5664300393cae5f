import { expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./accessible.ts";
import { become } from "./become.ts";
import { html } from "./forms.ts";
import { currentWalk, hasScripts } from "./walk.ts";

/** A household of the manager's own, by its card: its number, and the name that the scale tells. */
async function anyCard(page: Page): Promise<string> {
  const numbers = [...(await html(page, "/coop/intake/cards")).matchAll(/\b(\d{4}) (\d{4})\b/g)];
  const [, first = "", rest = ""] = numbers[numbers.length - 1] ?? [];
  return `${first}${rest}`;
}

async function fillWeights(page: Page, gross: string, tare: string): Promise<void> {
  await page.locator("[name=category]").selectOption({ index: 1 });
  await page.locator("[name=tare]").fill(tare);
  await page.locator("[name=gross]").fill(gross);
}

/** Grams nobody else weighs, so that this weigh-in is known again. */
const newGross = () => (10 + (Date.now() % 1e6) / 1e3 / 100).toFixed(3);

test("a harvest is weighed by its card, corrected with a reason, printed as a slip and seen in the day's list", async ({
  page,
}) => {
  await become(page, currentWalk().manager);
  const card = await anyCard(page);
  await page.goto("/coop/intake");
  await expectAccessible(page);

  // A scanner types the number and Enter: without scripts the page says who that is.
  const household = page.locator("[name=household]");
  await expect(household).toBeFocused();
  await household.fill(card);
  await page.locator("[name=category]").selectOption({ index: 1 });
  await household.press("Enter");
  await expect(page.locator("[name=gross]")).toBeFocused();
  if (!hasScripts()) await expect(page.locator(".notice[role=status]")).toBeVisible();
  await expect(household).toHaveValue(card);

  const gross = newGross();
  await fillWeights(page, gross, "0.500");
  if (hasScripts()) {
    await page.locator("[name=gross]").press("Enter");
    await expect(page.locator("[name=tare]")).toBeFocused();
    const net = Math.round(Number(gross) * 1000 - 500) / 1000;
    await expect(page.locator("[data-net]")).toContainText(String(net));
    await page.locator("[name=tare]").press("Enter");
    await expect(page.locator("[data-kept] li[data-is=sent]").first()).toBeVisible();
    // Ready for the next one: what stays the same stays.
    await expect(household).toHaveValue("");
    await expect(page.locator("[name=tare]")).toHaveValue("0.500");
    await page.goto("/coop/intake");
  } else {
    await page.locator("#weigh-in > button").click();
    await expect(page).toHaveURL(/\/coop\/intake\?after=/);
    await expect(page.locator("[name=tare]")).toHaveValue("0.5");
  }
  await page.locator("main table a").first().click();
  await expect(page.locator("main dl")).toContainText(String(Number(gross)));

  await page.locator("[name=gross]").fill("0.4");
  await page.locator("[name=reason]").selectOption("misread");
  await page.locator("button[value=weights]").click();
  await expect(page.locator("#field-tare-error")).toBeVisible();
  await expect(page.locator("[name=gross]")).toHaveValue("0.4");
  await page.locator("[name=gross]").fill("7.25");
  await page.locator("button[value=weights]").click();
  await expect(page).toHaveURL(/done=corrected/);
  await expect(page.locator("main dl").first()).toContainText("6.75");
  await expect(page.locator("main dl")).toHaveCount(2);

  await page.locator("main .card a.btn").first().click();
  await expect(page.locator(".intake-slip")).toContainText("6.75");
  await page.emulateMedia({ media: "print" });
  await expect(page.locator("header").first()).toBeHidden();
  await expect(page.locator(".intake-slip")).toBeVisible();
  await page.emulateMedia({ media: null });
  await page.goto("/coop/intake/days");
  await expect(page.locator("main table").last()).toContainText("6.75");
});

test("what is wrong stands beside its field, and nothing that was typed is lost", async ({
  page,
}) => {
  await become(page, currentWalk().manager);
  await page.goto("/coop/intake");
  await page.locator("[name=household]").fill("谁也不是");
  await fillWeights(page, "12.5", "0.5");
  await page.locator("#weigh-in > button").click();
  if (!hasScripts()) {
    await expect(page.locator("#field-household-error")).toBeVisible();
    await expect(page.locator("[name=household]")).toHaveValue("谁也不是");
    await expect(page.locator("[name=gross]")).toHaveValue("12.5");
    return;
  }
  const refused = page.locator("[data-kept] li[data-is=refused]").first();
  await expect(refused.locator("[data-why]")).toBeVisible();
  await page.reload();
  await refused.locator("[data-mend]").click();
  await expect(page.locator("[name=gross]")).toHaveValue("12.5");
  await page.locator("[name=household]").fill(await anyCard(page));
  await page.locator("#weigh-in > button").click();
  await expect(page.locator("[data-kept] li[data-is=sent]").first()).toBeVisible();
  await expect(refused).toHaveCount(0);
});
