import { type Browser, expect, type Page, test } from "@playwright/test";

/** What differs from one way of walking the thread to the other; set by the projects. */
export type Walk = {
  lang: "zh" | "en";
  farmer: string;
  manager: string;
  /** Of the same cooperative: approves what its manager prepares. */
  bookkeeper: string;
  officer: string;
};

const walks: Record<string, Walk> = {
  "phone-zh": {
    lang: "zh",
    farmer: "+8610000000001",
    manager: "+8610000000003",
    bookkeeper: "+8610000000014",
    officer: "+8610000000005",
  },
  "phone-zh-noscript": {
    lang: "zh",
    farmer: "+8610000000008",
    manager: "+8610000000004",
    bookkeeper: "+8610000000015",
    officer: "+8610000000006",
  },
  "desktop-en": {
    lang: "en",
    farmer: "+8610000000009",
    manager: "+8610000000010",
    bookkeeper: "+8610000000016",
    officer: "+8610000000011",
  },
  "desktop-en-noscript": {
    lang: "en",
    farmer: "+8610000000012",
    manager: "+8610000000013",
    bookkeeper: "+8610000000017",
    officer: "+8610000000005",
  },
};

export function currentWalk(): Walk {
  const walk = walks[test.info().project.name];
  if (!walk) throw new Error(`no walk for the project ${test.info().project.name}`);
  return walk;
}

/** A farmer of the same process: what the other process's farmers sell changes meanwhile. */
export function otherFarmer(): string {
  const { lang, farmer } = currentWalk();
  const other = Object.values(walks).find((one) => one.lang === lang && one.farmer !== farmer);
  return other?.farmer ?? "";
}

/** A page of another browser of this walk, where nobody is signed in. */
export async function openBrowser(browser: Browser): Promise<Page> {
  return (await browser.newContext({ ...test.info().project.use })).newPage();
}

export const hasScripts = () => !test.info().project.name.endsWith("noscript");

/** Asks for the language by the form that every page has. */
export async function chooseLanguage(page: Page, lang: "zh" | "en"): Promise<void> {
  await page.goto("/");
  const button = page.locator(`form[action="/language"] button[value="${lang}"]`);
  if (await button.count()) await button.click();
  await expect(page.locator("html")).toHaveAttribute("lang", lang === "zh" ? "zh-CN" : "en");
}

/** Ticks a crop in its group, which stands open already where she last sold something of it. */
export async function chooseCrop(page: Page, crop: string): Promise<void> {
  const group = page.locator(`.crop-group:has([value="${crop}"])`);
  if ((await group.getAttribute("open")) === null) await group.locator("> summary").click();
  await group.locator(`[value="${crop}"]`).check();
}

/** Loads the page again until it shows what another process is about to finish. */
export async function reloadUntil(
  page: Page,
  what: () => Promise<boolean>,
  seconds = 90,
): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await what())) {
    if (Date.now() > end) throw new Error(`did not come within ${seconds} s: ${page.url()}`);
    await page.waitForTimeout(500);
    await page.reload();
  }
}

/** Province, city, county: with scripts the lists follow by themselves, without by the button. */
export async function chooseRegion(
  page: Page,
  codes: readonly [string, string, string],
): Promise<void> {
  for (const [index, name] of (["province", "city", "county"] as const).entries()) {
    await page.locator(`select[name="${name}"]`).selectOption(codes[index] ?? "");
    const next = (["city", "county"] as const)[index];
    if (hasScripts()) await page.waitForLoadState("load");
    else await page.locator('button[name="step"][value="region"]').click();
    if (next) await expect(page.locator(`select[name="${next}"]`)).toBeVisible();
  }
}

export async function payWithCard(page: Page, card: string): Promise<void> {
  await expect(page).toHaveURL(/\/sandbox\/pay\//);
  const form = page.locator('form:has(input[value="card"])');
  const fields = form.locator('input:not([type="hidden"])');
  await fields.nth(0).fill(card);
  await fields.nth(1).fill("08/30");
  await fields.nth(2).fill("123");
  await fields.nth(3).fill("TEST BUYER");
  await form.locator("button").click();
}
