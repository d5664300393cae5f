import { expect, type Page, test } from "@playwright/test";
import { become } from "./become.ts";
import { send } from "./forms.ts";
import { fillWords, loseSignal, newTitle, openFarm, publish, state } from "./offline-farm.ts";
import { photoFile } from "./photo-file.ts";
import { currentWalk } from "./walk.ts";

const said = (page: Page) => page.locator("main .error, main .notice.tone-red");
const next = (page: Page) => page.locator('#listing button[type="submit"]').last().click();
const there = (page: Page) => page.locator('.photo-uploads [data-state="there"]');
const signOutElsewhere = (page: Page) => page.context().clearCookies({ name: /session/ });

async function openDraft(page: Page): Promise<string> {
  await page.goto("/farm/listings/new");
  return new URL(page.url()).pathname.replace("/photos", "");
}

test("what is wrong with a field is said no more once she has mended it @any-phone", async ({
  page,
}) => {
  await become(page, currentWalk().farmer);
  const draft = await openDraft(page);
  await next(page);
  await expect(said(page)).toHaveCount(2);
  await page.locator("#field-photo").setInputFiles(await photoFile());
  await expect(there(page)).toHaveCount(1);
  await expect(said(page)).toHaveCount(0);
  await expect(page.locator("#field-photo")).not.toHaveAttribute("aria-invalid");

  await page.goto(`${draft}/amount`);
  await page.locator('[name="price"]').fill("十块");
  await page.locator('[name="quantity"]').fill("1.5");
  await next(page);
  await expect(said(page)).toHaveCount(3);
  await page.locator('[name="price"]').fill("10");
  await page.locator('[name="quantity"]').focus();
  await expect(page.locator("#field-price-error")).toHaveCount(0);
  await expect(page.locator('.notice a[href="#field-quantity"]')).toHaveCount(1);
  await expect(page.locator('.notice a[href="#field-price"]')).toHaveCount(0);
  await page.locator('[name="quantity"]').fill("15");
  await page.locator('[name="price"]').focus();
  await expect(said(page)).toHaveCount(0);
  await send(page, `${draft}/discard`, {});

  await page.goto("/farm/offline#new");
  await expect(page.locator("[data-with-script]")).toBeVisible();
  await publish(page);
  await expect(page.locator("#field-photo-said")).toHaveCount(1);
  await page.locator("#field-photo").setInputFiles(await photoFile());
  await expect(page.locator("#field-photo-said")).toHaveCount(0);
  await page.locator('[name="price"]').fill("12.50");
  await expect(page.locator("#field-price-said")).toHaveCount(0);
  await expect(page.locator("#field-quantity-said")).toHaveCount(1);
});

test("where her session ends while a photo is sent, the photo's row leads to the sign-in and back to it @any-phone", async ({
  page,
}) => {
  const { farmer } = currentWalk();
  await become(page, farmer);
  const draft = await openDraft(page);
  await signOutElsewhere(page);
  await page.locator("#field-photo").setInputFiles(await photoFile());
  const row = page.locator('.photo-uploads [data-state="signedOut"]');
  const way = row.locator("a");
  await expect(way).toBeVisible();
  await way.click();
  await expect(page).toHaveURL(/\/sign-in\?/);
  await expect(page.locator('[name="to"]').first()).toHaveValue(`${draft}/photos`);
  const back = page.url();
  await become(page, farmer);
  await page.goto(back);
  await expect(page).toHaveURL(`${draft}/photos`);
  await expect(there(page)).toHaveCount(1);
  await send(page, `${draft}/discard`, {});
});

test.describe("a listing that waits in the phone for its household to sign in", () => {
  test.use({ serviceWorkers: "allow" });

  test("is told of, and not what it is, wherever nobody is signed in, with a signal or without @any-phone", async ({
    page,
    context,
  }) => {
    const title = newTitle();
    const waits = page.locator("[data-waiting-offers]");
    await page.goto("/sign-in");
    await expect(waits).toBeHidden();
    await openFarm(page);
    await loseSignal(context);
    await page.goto("/farm/offline#new");
    await expect(page.locator("[data-with-script]")).toBeVisible();
    await expect(waits).toBeHidden();
    await page.locator("#field-photo").setInputFiles(await photoFile());
    await fillWords(page, title);
    await publish(page);
    await expect(state(page)).toHaveAttribute("data-offer-state", "kept");

    await signOutElsewhere(page);
    await context.setOffline(false);
    await page.goto("/farm/listings");
    await expect(page).toHaveURL(/\/sign-in/);
    await expect(waits).toContainText(/有 1 份|phone: 1/);
    await loseSignal(context);
    for (const path of ["/farm", "/farm/listings", "/farm/offline", "/farm/listings/new"]) {
      await page.goto(path);
      await expect(waits, path).toContainText(/有 1 份|phone: 1/);
      await expect(page.locator("body"), path).not.toContainText(title);
    }

    await context.setOffline(false);
    await become(page, currentWalk().farmer);
    await page.goto("/farm/listings");
    await expect(page.locator('[data-kept-offers] [data-state="published"]')).toContainText(title);
    await page.goto("/farm/offline#new");
    await expect(page.locator("[data-with-script]")).toBeVisible();
    await expect(waits).toBeHidden();
  });
});
