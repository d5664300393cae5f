import { expect, type Page, test } from "@playwright/test";
import { become } from "./become.ts";
import { send } from "./forms.ts";
import { newTitle } from "./offline-farm.ts";
import { photoFile } from "./photo-file.ts";
import { currentWalk } from "./walk.ts";

/** Opens a page whose scripts are still on their way; they come when what it returns is called. */
async function openBeforeScripts(page: Page, path: string): Promise<() => Promise<void>> {
  let letIn = () => {};
  const held = new Promise<void>((done) => {
    letIn = done;
  });
  const ran = page.waitForEvent("domcontentloaded");
  await page.route(/\/enhance\/|\.js/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(path, { waitUntil: "commit" });
  return async () => {
    letIn();
    await ran;
  };
}

const shelved = (page: Page) =>
  page.evaluate<number>("photoShelf.all().then(({ length }) => length)");

test.beforeEach(({ page }) => become(page, currentWalk().farmer));

test("a photo chosen before the scripts have come is kept in the phone, made small and sent in pieces", async ({
  page,
}) => {
  await page.goto("/farm/listings/new");
  const path = new URL(page.url()).pathname;
  const lengths: number[] = [];
  await page.route("**/farm/uploads**", async (route) => {
    if (route.request().method() !== "POST") return route.abort("connectionreset");
    lengths.push(Number(route.request().headers()["upload-length"]));
    return route.continue();
  });
  const letScriptsIn = await openBeforeScripts(page, path);
  await page.locator("#field-photo").setInputFiles(await photoFile(2400, { height: 1800 }));
  await letScriptsIn();
  await expect(page.locator(".photo-uploads li")).toHaveCount(1);
  await expect.poll(() => shelved(page)).toBe(1);
  await expect.poll(() => lengths[0]).toBeLessThanOrEqual(300_000);
  await expect(page.locator("#field-photo")).toHaveValue("");
  await page.reload();
  await expect(page.locator(".photo-uploads li")).toHaveCount(1);
  await send(page, path.replace("/photos", "/discard"), {});
});

test("words typed before the scripts have come are in the phone, over those kept there before", async ({
  page,
}) => {
  await page.goto("/farm/listings/new");
  const draft = new URL(page.url()).pathname.replace("/photos", "");
  await page.goto(`${draft}/amount`);
  await page.locator('[name="quantity"]').fill("31");
  await page.locator('[name="price"]').fill("4");
  const letScriptsIn = await openBeforeScripts(page, `${draft}/amount`);
  await page.locator('[name="price"]').fill("5.50");
  await letScriptsIn();
  await page.unrouteAll();
  for (const open of [() => {}, () => page.reload()]) {
    await open();
    await expect(page.locator('[name="price"]')).toHaveValue("5.50");
    await expect(page.locator('[name="quantity"]')).toHaveValue("31");
  }
  await send(page, `${draft}/discard`, {});
});

test("what is typed and shot on the page without a signal before its scripts have come stays", async ({
  page,
}) => {
  const title = newTitle();
  const letScriptsIn = await openBeforeScripts(page, "/farm/offline#new");
  await page.locator('[name="title"]').fill(title);
  await page.locator("#field-photo").setInputFiles(await photoFile());
  await letScriptsIn();
  for (const open of [() => {}, () => page.reload()]) {
    await open();
    await expect(page.locator('[name="title"]')).toHaveValue(title);
    await expect(page.locator(".kept-photo")).toHaveCount(1);
    // It is seen at once, and kept when the field has been emptied for the next.
    await expect(page.locator("#field-photo")).toHaveJSProperty("value", "");
  }
});
