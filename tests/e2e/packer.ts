import { type Browser, expect, type Page } from "@playwright/test";
import { fieldsOf, send } from "./forms.ts";
import { newNumber, signIn } from "./people.ts";
import { openBrowser } from "./walk.ts";

/** A browser of her own, in which somebody has just begun to pack for the manager's cooperative. */
export async function newPacker(page: Page, browser: Browser): Promise<Page> {
  const hers = await openBrowser(browser);
  const phone = newNumber();
  const invite = await fieldsOf(page, "/coop/people", "form#invite");
  const asked = { ...invite, phone, name: `装箱小${phone.slice(-4)}`, role: "packer" };
  expect((await send(page, "/coop/people", asked)).status).toBe(303);
  await signIn(hers, `+86${phone}`);
  await hers.locator('button[name="answer"][value="yes"]').click();
  await expect(hers).toHaveURL(/\/coop$/);
  return hers;
}
