import { expect, type Page, test } from "@playwright/test";
import { managersCooperative, newRegisterCode } from "./apply.ts";
import { become } from "./become.ts";
import { html, linkOn } from "./forms.ts";
import { newNumber, signIn } from "./people.ts";
import { currentWalk, openBrowser } from "./walk.ts";

const HEAD = "沙马阿依";
const HELPER = "王建军";

type Typed = { cooperative: string; registerCode: string; headName?: string };

/** Fills in the form at /join, as far as it is empty, and sends it. */
async function apply(page: Page, { cooperative, registerCode, headName = HEAD }: Typed) {
  const form = page.locator("form#join");
  await form.locator('[name="cooperativeId"]').selectOption({ label: cooperative });
  await form.locator('[name="registerCode"]').fill(registerCode);
  await form.locator('[name="headName"]').fill(headName);
  await form.locator('[name="relation"]').selectOption("child");
  await form.locator('[name="village"]').fill("树河镇");
  await form.locator('[name="helperName"]').fill(HELPER);
  await form.locator("button").last().click();
}

/** The newest application, as the manager opens it. */
async function openNewest(page: Page) {
  await page.goto("/coop/households");
  await page.locator('main a[href^="/coop/households/applications/"]').last().click();
  await expect(page.locator("main dl").first()).toContainText(HEAD);
}

/** The household of a register code, in the manager's list; not an application for it. */
const householdRow = (page: Page, registerCode: string) =>
  page.locator('main tbody tr:not(:has(a[href*="/applications/"]))', { hasText: registerCode });

/** What somebody has on the sandbox's phone, newest first. */
async function lastMessage(page: Page, number: string): Promise<string> {
  const text = (await html(page, "/sandbox")).replace(/<[^>]*>/g, " ");
  return new RegExp(`\\+86${number}[^【[]{0,80}([【[][^+]*)`).exec(text)?.[1] ?? "";
}

test("a family's phone joins its household, is taken off, opens a household of its own, and hears why not; each time only she and the manager know", async ({
  page,
  browser,
}) => {
  test.slow();
  const hers = await openBrowser(browser);
  const seen: string[] = [];
  for (const each of [page, hers]) each.on("request", (request) => seen.push(request.url()));
  const cooperative = await managersCooperative(page);
  await page.goto("/coop/households");
  const row = page.locator("main tbody tr", { hasText: /没有手机|none/ }).first();
  const head = (await row.getByRole("link").innerText()).trim();
  const registerCode = /\b\d{12}\b/.exec(await row.innerText())?.[0] ?? "";
  expect(registerCode).not.toBe("");
  const number = newNumber();
  await become(hers, null);
  await signIn(hers, `+86${number}`);
  expect((await hers.request.get("/farm")).status()).toBe(403);
  await hers.locator('main a[href="/join"]').click();

  // What is wrong is said beside its field, and what was typed stays.
  await apply(hers, { cooperative, registerCode: "12" });
  await expect(hers.locator("#field-registerCode-error")).toBeVisible();
  await expect(hers.locator('[name="headName"]')).toHaveValue(HEAD);
  await expect(hers.locator('[name="relation"]')).toHaveValue("child");
  await apply(hers, { cooperative, registerCode });
  await expect(hers.getByRole("status")).toBeVisible();
  await expect(hers.locator("main")).toContainText(registerCode);
  // Of the household that has this code she is shown nothing but what she wrote.
  expect(await hers.locator("main").innerText()).not.toContain(head);

  await page.goto("/coop");
  await page.locator('main a[href="/coop/households"]').click();
  await openNewest(page);
  await expect(page.locator("main dl").last()).toContainText(head);
  await page.locator('form:has([value="join"]) button').click();
  await expect(page).toHaveURL(/\/coop\/households\?done=approved$/);
  expect((await hers.goto("/farm"))?.status()).toBe(200);
  const agreed = currentWalk().lang === "zh" ? /同意了/ : /has agreed/;
  await expect.poll(() => lastMessage(page, number)).toMatch(agreed);

  await householdRow(page, registerCode).getByRole("link").click();
  await page
    .locator("tr", { hasText: number.slice(-4) })
    .getByRole("button")
    .click();
  await expect(page).toHaveURL(/\?done=removed$/);
  expect((await hers.goto("/farm"))?.status()).toBe(403);
  await hers.goto("/join");
  await expect(hers.locator('[name="registerCode"]')).toHaveValue(registerCode);

  // Of a code that nobody has, the manager opens the household; its public name is no whole name.
  const code = newRegisterCode();
  await apply(hers, { cooperative, registerCode: code });
  await openNewest(page);
  await page.locator('[name="familyZh"]').fill(HEAD);
  await page.locator('form:has([value="open"]) button').last().click();
  await expect(page.locator("#field-familyZh-error")).toBeVisible();
  await expect(page.locator('[name="familyZh"]')).toHaveValue(HEAD);
  await page.locator('[name="familyZh"]').fill("沙马");
  await page.locator('[name="familyEn"]').fill("Shama");
  await page.locator('form:has([value="open"]) button').last().click();
  await expect(page).toHaveURL(/\/coop\/households\?done=approved$/);
  expect((await hers.goto("/farm"))?.status()).toBe(200);
  await page.locator('main form [name="search"]').fill(code);
  await page.locator("main form button").first().click();
  const opened = householdRow(page, code);
  await expect(opened).toContainText(/(沙马家|Shama family) · /);
  await opened.getByRole("link").click();
  await page
    .locator("tr", { hasText: number.slice(-4) })
    .getByRole("button")
    .click();

  // Refused with a reason, mended, and taken back.
  const reason = "请带上手册来一趟";
  await hers.goto("/join");
  await apply(hers, { cooperative, registerCode: newRegisterCode() });
  await openNewest(page);
  await page.locator('form:has([value="refuse"]) button').click();
  await expect(page.locator("#field-reason-error")).toBeVisible();
  await page.locator('[name="reason"]').fill(reason);
  await page.locator('form:has([value="refuse"]) button').click();
  await expect(page).toHaveURL(/\/coop\/households\?done=refused$/);
  await hers.goto("/join");
  await expect(hers.locator("main")).toContainText(reason);
  await expect(hers.locator('[name="helperName"]')).toHaveValue(HELPER);
  await apply(hers, { cooperative, registerCode: newRegisterCode() });
  await hers.locator('form[action="/join/withdrawal"] button').click();
  await expect(hers).toHaveURL(/\/join\?done=takenBack$/);

  const alias = /[a-z]+-family-[a-z0-9-]+/i;
  const addresses = seen.map((address) => decodeURIComponent(address));
  for (const secret of [registerCode, code, HEAD, HELPER, head, number]) {
    expect(addresses.filter((address) => address.includes(secret))).toEqual([]);
  }
  expect(addresses.filter((address) => alias.test(address))).toEqual([]);
  await become(page, null);
  for (const path of ["/", "/search", `/search?${new URLSearchParams({ q: "沙马" })}`]) {
    const source = await html(page, path);
    for (const secret of [registerCode, code, HEAD, HELPER, number]) {
      expect(source.includes(secret), `${secret} on ${path}`).toBe(false);
    }
  }
  await hers.context().close();
});

test("a register code of another cooperative's household is neither approved nor told of", async ({
  page,
}) => {
  const { lang, manager } = currentWalk();
  const others = lang === "zh" ? "+8610000000010" : "+8610000000003";
  expect(others).not.toBe(manager);
  await become(page, others);
  const theirs = await linkOn(page, "/coop/households", /\/coop\/households\/[0-9a-f-]{36}/);
  const facts = await html(page, theirs);
  const registerCode = /\b\d{12}\b/.exec(facts)?.[0] ?? "";
  const head = /<h1[^>]*>([^<]+)/.exec(facts)?.[1] ?? "";
  const cooperative = await managersCooperative(page);
  await become(page, null);
  await signIn(page, `+86${newNumber()}`);
  await page.goto("/join");
  await apply(page, { cooperative, registerCode });
  await become(page, manager);
  expect((await page.request.get(theirs)).status()).toBe(404);
  await openNewest(page);
  await expect(page.locator('form:has([value="join"]), form:has([value="open"])')).toHaveCount(0);
  const text = await page.locator("main").innerText();
  expect(text).not.toContain(head);
  await page.locator('[name="reason"]').fill("在别的合作社");
  await page.locator('form:has([value="refuse"]) button').click();
  await expect(page).toHaveURL(/done=refused$/);
});
