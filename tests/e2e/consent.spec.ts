import { expect, type Page, test } from "@playwright/test";
import { phonePhoto } from "#tests/factories/phone-photo.ts";
import { expectAccessible } from "./accessible.ts";
import { become } from "./become.ts";
import { html, linkOn, send } from "./forms.ts";
import { currentWalk, reloadUntil } from "./walk.ts";

const OFFER = /\/coop\/listings\/new\/[0-9a-f-]{36}/;

/** The manager lists for the first household that has a phone; its message brings the link. */
async function listOnBehalf(page: Page, title: string): Promise<string> {
  await become(page, currentWalk().manager);
  await page.goto(await linkOn(page, "/coop/listings/new", OFFER));
  const buffer = await phonePhoto({ width: 640, height: 480 });
  const photo = { name: "pear.jpg", mimeType: "image/jpeg", buffer };
  await page.locator('input[name="photo"]').first().setInputFiles([photo]);
  await page.locator('[name="title"]').fill(title);
  await page.locator('[name="price"]').fill("29.90");
  await page.locator('[name="quantity"]').fill("12");
  // Its group is shut.
  await page.locator('details:has([name="category"][value="pear"]) > summary').click();
  await page.locator('label:has([name="category"][value="pear"])').last().click();
  await page.locator('#listing button[type="submit"]').last().click();
  await expect(page).toHaveURL("/coop/listings?done=done");
  await page.getByRole("link", { name: title }).click();
  await expectAccessible(page);
  await page.locator('a[href$="/mend"]').click();
  await expect(page.locator('[name="price"]')).toHaveValue("29.90");
  await expectAccessible(page);
  await become(page, null);
  const link = () => linkOf(page, title);
  await expect.poll(link, { timeout: 30_000 }).not.toBe("");
  return link();
}

async function linkOf(page: Page, title: string): Promise<string> {
  const messages = await html(page, "/sandbox");
  const said = messages.slice(messages.indexOf(title));
  return messages.includes(title) ? (/\/consent\/[\w-]{22}/.exec(said)?.[0] ?? "") : "";
}

test("what a cooperative lists is sold once the household has agreed by the link", async ({
  page,
}) => {
  const title = `代挂雪梨${String(Date.now()).slice(-7)}`;
  const link = await listOnBehalf(page, title);
  const shelf = `/search?${new URLSearchParams({ q: title })}`;
  const card = page.locator('main a[href^="/produce/"]', { hasText: title });
  await page.goto(shelf);
  await expect(card).toHaveCount(0);
  await page.goto(link);
  await expect(page.locator("main")).toContainText(title);
  await expectAccessible(page);
  await page.locator('button[value="agreed"]').click();
  await expect(page.locator('main [role="status"]')).toBeVisible();
  await expect(page.locator('button[value="agreed"]')).toHaveCount(0);
  // The other answer after it: the first one stands.
  expect((await send(page, link, { answer: "refused" })).status).toBe(303);
  await page.goto(shelf);
  await reloadUntil(page, async () => (await card.count()) > 0);
});
