import { expect, type Page } from "@playwright/test";
import { expectAccessible } from "./accessible.ts";

/** The newest code that the sandbox's phone got for a number; a message may take a moment. */
export async function readCode(page: Page, phone: string): Promise<string> {
  for (let tries = 0; tries < 20; tries++) {
    const code = await findCode(page, phone);
    if (code) return code;
    await page.waitForTimeout(250);
  }
  throw new Error(`no code for ${phone} on the sandbox page`);
}

async function findCode(page: Page, phone: string): Promise<string | undefined> {
  const panel = await page.request.get("/sandbox");
  const text = (await panel.text()).replace(/<[^>]*>/g, " ");
  // Newest first: the number, when it came, then "【田集】…482913…" or "[Tianji] …". A message without
  // a code may have come after it; of that the next message's number, "+86…", is no code.
  const message = new RegExp(
    `${phone.replace("+", "\\+")}[^【[]{0,80}[【[][^】\\]]*[】\\]][^\\d+]*(\\d{6})(?!\\d)`,
  );
  return message.exec(text)?.[1];
}

/** A number that nobody else types, whatever journeys run at once. */
export const newNumber = () =>
  `136${String(crypto.getRandomValues(new Uint32Array(1))[0])
    .padStart(8, "0")
    .slice(-8)}`;

/** Signs in as anyone does: the number, then the code from the message. */
export async function signIn(page: Page, phone: string, to = "/account"): Promise<void> {
  await page.goto(`/sign-in?to=${encodeURIComponent(to)}`);
  await page.locator('input[name="phone"]').fill(phone.replace("+86", ""));
  await page.locator('form[action="/sign-in"] button').click();
  await expect(page).toHaveURL(/\/sign-in\/code/);
  await page.locator('input[name="code"]').fill(await readCode(page, phone));
  await page.locator("form#code button").click();
  await expect(page).toHaveURL(new RegExp(`${to.replaceAll("/", "\\/")}$`));
}

/** A guest's filled-in checkout: she orders, and confirms a number of her own on the way to pay. */
export async function orderWithCode(page: Page): Promise<void> {
  const own = newNumber();
  await page.locator('[name="buyerPhone"]').fill(own);
  await page.locator('form[action="/checkout"] button.btn-buy').click();
  await expect(page).toHaveURL(/\/orders\/TJ\d{14}\/phone$/);
  await expectAccessible(page);
  await page.locator('[name="code"]').fill(await readCode(page, `+86${own}`));
  await page.locator("form#confirm-phone button").click();
}

/** One tap on the sandbox page. */
export async function tapDemo(page: Page, phone: string): Promise<void> {
  await page.goto("/sandbox");
  await page.locator(`form:has(input[value="${phone}"]) button`).click();
  await expect(page).not.toHaveURL(/sandbox/);
}
