import { expect, type Page, test } from "@playwright/test";
import { freshAddress } from "./forms.ts";
import { currentWalk } from "./walk.ts";

/** As after one tap on the sandbox page, in the project's language, without looking at a page. */
export async function become(page: Page, phone: string | null): Promise<void> {
  await page.context().clearCookies();
  // Whoever she is, she is not at the address of all the journeys before hers, which has its limits.
  await page.context().setExtraHTTPHeaders({ "X-Forwarded-For": freshAddress() });
  const url = test.info().project.use.baseURL ?? "";
  await page.context().addCookies([{ name: "lang", value: currentWalk().lang, url }]);
  if (phone === null) return;
  const signedIn = await page.request.post("/sandbox/sign-in", {
    form: { phone },
    headers: { Origin: new URL(url).origin },
    maxRedirects: 0,
  });
  expect(signedIn.status()).toBe(303);
}

/** By the button; the market's front has answered when this is done. */
export async function signOut(page: Page): Promise<void> {
  await page.goto("/account");
  await page.locator('form[action="/sign-out"] button').click();
  await expect(page).toHaveURL(/:\d+\/$/);
}
