import { expect, type Page } from "@playwright/test";

/** Reads the newest code that the sandbox's phone got for a number. */
async function readCode(page: Page, phone: string): Promise<string> {
  const panel = await page.context().newPage();
  try {
    await panel.goto("/sandbox");
    const text = await panel.locator("body").innerText();
    const at = text.indexOf(phone);
    const code = /\b\d{6}\b/.exec(
      text.slice(at + phone.length).replace(/\d{4}\/.*?:\d{2}:\d{2}/, ""),
    )?.[0];
    if (at === -1 || !code) throw new Error(`no code for ${phone} on the sandbox page`);
    return code;
  } finally {
    await panel.close();
  }
}

/** Signs in as anyone does: the number, then the code from the message. */
export async function signIn(page: Page, phone: string, to = "/account"): Promise<void> {
  await page.goto(`/sign-in?to=${encodeURIComponent(to)}`);
  await page.locator('input[name="phone"]').fill(phone.replace("+86", ""));
  await page.locator('form[action="/sign-in"] button').click();
  await expect(page).toHaveURL(/\/sign-in\/code/);
  await page.locator('input[name="code"]').fill(await readCode(page, phone));
  await page.locator('form[action="/sign-in/code"] button').click();
  await expect(page).toHaveURL(new RegExp(`${to.replaceAll("/", "\\/")}$`));
}

/** One tap on the sandbox page. */
export async function tapDemo(page: Page, phone: string): Promise<void> {
  await page.goto("/sandbox");
  await page.locator(`form:has(input[value="${phone}"]) button`).click();
  await expect(page).not.toHaveURL(/sandbox/);
}

export async function signOut(page: Page): Promise<void> {
  await page.goto("/account");
  await page.locator('form[action="/sign-out"] button').click();
}
