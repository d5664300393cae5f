import { expect, test } from "@playwright/test";
import { expectAccessible } from "./accessible.ts";
import { becomeRole, pagesOf, type Role } from "./all-pages.ts";
import { claimPages } from "./claim-pages.ts";
import { isChinese, linkOn } from "./forms.ts";
import { raw } from "./raw.ts";
import { expectFit, expectSound, faultsAt } from "./sound.ts";
import { currentWalk } from "./walk.ts";

const roles: Role[] = ["buyer", "customer", "farmer", "manager", "officer", "operator"];
const FIRST_ROUND_TRIP = 14_600;
const SCRIPTS = 10_000;

for (const role of roles) {
  test(`every page of the ${role} fits, speaks one language and can be used by all`, async ({
    page,
  }) => {
    test.slow();
    await becomeRole(page, role);
    for (const path of await pagesOf(page, role)) {
      // A cooperative's and an officer's pages show addresses, names and banks as they were given,
      // and the sandbox what was sent to whoever it was.
      const isAsGiven = role === "manager" || role === "officer" || path === "/sandbox";
      await expectSound(page, path, isAsGiven);
    }
  });
}

test("a claim's pages, of every side and in every state, fit, speak one language, hold at twice the type size and can be used by all", async ({
  page,
}) => {
  test.slow();
  for await (const path of claimPages(page)) {
    await expectSound(page, path, false);
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto(path);
    expect(await faultsAt(page, "200%")).toEqual([]);
  }
});

test("a buyer's pages hold at twice the type size", async ({ page }) => {
  test.slow();
  await becomeRole(page, "buyer");
  await page.setViewportSize({ width: 360, height: 740 });
  const faults: string[] = [];
  for (const path of await pagesOf(page, "buyer")) {
    await page.goto(path);
    faults.push(...(await faultsAt(page, "200%")));
  }
  expect(faults).toEqual([]);
});

test("a manager's pages hold at twice the type size", async ({ page }) => {
  test.slow();
  await becomeRole(page, "manager");
  await page.setViewportSize({ width: 360, height: 740 });
  const faults: string[] = [];
  for (const path of await pagesOf(page, "manager")) {
    await page.goto(path);
    faults.push(...(await faultsAt(page, "200%")));
  }
  expect(faults).toEqual([]);
});

test("a farmer's pages hold at twice the type size, and in the easy mode at twice its own", async ({
  page,
}) => {
  test.slow();
  await becomeRole(page, "farmer");
  const paths = await pagesOf(page, "farmer");
  await page.setViewportSize({ width: 360, height: 740 });
  const faults: string[] = [];
  const look = async (...sizes: string[]) => {
    for (const path of paths) {
      await page.goto(path);
      for (const size of sizes) faults.push(...(await faultsAt(page, size)));
    }
  };
  await look("200%");
  await page.goto("/farm");
  await page.locator("button[name=mode]").click();
  await expect(page.locator("html")).toHaveAttribute("data-mode", "easy");
  // The page is there a moment before the sheet of its large type.
  const base = () =>
    page.evaluate(() => Number.parseFloat(getComputedStyle(document.body).fontSize));
  await expect.poll(base).toBeGreaterThanOrEqual(20);
  await expect(page.locator("nav.site-nav")).toBeVisible();
  await look("", "250%");
  expect(faults).toEqual([]);
  await page.goto("/account");
  await page.locator("button[name=mode]").click();
  await expect(page).toHaveURL(/\/account$/);
  await expect(page.locator("html")).not.toHaveAttribute("data-mode");
});

test("home, search, produce and sign-in come in the first round trip, with next to no script", async ({
  page,
}) => {
  const produce = await linkOn(page, "/search?q=核桃", /\/produce\/[0-9a-f-]{36}/);
  const zip = { "Accept-Encoding": "gzip", Cookie: `lang=${currentWalk().lang}` };
  for (const path of ["/", "/search", produce, "/sign-in", "/cart", "/checkout"]) {
    const source = await (await page.request.get(path, { headers: zip })).text();
    const bytesOf = async (address: string) =>
      (await raw(address, { headers: zip })).body.byteLength;
    const sum = async (addresses: string[]) =>
      (await Promise.all(addresses.map(bytesOf))).reduce((total, bytes) => total + bytes, 0);
    const styles = [...source.matchAll(/href="(\/assets\/[^"]+\.css)"/g)].map(
      ([, href = ""]) => href,
    );
    const scripts = [...source.matchAll(/<script[^>]*src="([^"]+)"/g)].map(([, src = ""]) => src);
    expect(styles.length, path).toBeGreaterThan(0);
    expect(await sum([path, ...styles]), path).toBeLessThanOrEqual(FIRST_ROUND_TRIP);
    expect(await sum(scripts), path).toBeLessThanOrEqual(SCRIPTS);
    // A block of data for search engines is no script: no browser runs it.
    const run = source.replaceAll(/<script type="application\/ld\+json">[^<]*<\/script>/g, "");
    expect(run).not.toMatch(/<script(?![^>]*src="\/enhance\/)/);
    expect(source).not.toMatch(/modulepreload|__remix|\son[a-z]+="/);
  }
});

test("an address that leads nowhere says so in the reader's language, to a form too", async ({
  page,
}) => {
  await becomeRole(page, "buyer");
  const send = (action: string) =>
    Promise.all([
      page.waitForResponse((answer) => answer.request().method() === "POST"),
      page.evaluate((to) => {
        const form = Object.assign(document.createElement("form"), { method: "post", action: to });
        document.body.append(form);
        form.submit();
      }, action),
    ]).then(([response]) => response);
  const open = (path: string) => page.goto(path);
  const ways = [
    ...["/nowhere", "/produce/none", "/orders/TJ00000000000000", "/counties/110000"].map(
      (path) => [path, open, 404] as const,
    ),
    ["/orders/TJ00000000000000", send, 405] as const,
  ];
  for (const [path, way, status] of ways) {
    const response = await way(path);
    expect(response?.status(), path).toBe(status);
    await page.waitForURL(path);
    expect(isChinese(await page.locator("h1").innerText())).toBe(currentWalk().lang === "zh");
    await expectAccessible(page);
    await expectFit(page);
  }
});
