import { expect, type Page, test } from "@playwright/test";
import { becomeRole, type Role } from "./all-pages.ts";

const BARS: [role: Role, path: string][] = [
  ["buyer", "/"],
  ["farmer", "/farm"],
  ["farmer", "/account"],
  ["manager", "/coop"],
  ["officer", "/relief"],
  ["operator", "/operations"],
];
/** Half the screen is left for the page, however large the type. */
const MOST_HEIGHT = 200;

/** What of the bar at the foot of a phone is cut in two, sticks out, or is lower than a finger. */
function faultsOf(page: Page): Promise<string[]> {
  return page.evaluate((most) => {
    const bar = document.querySelector("nav.site-nav") ?? document.body;
    const links = [...bar.querySelectorAll("a")];
    const rowsOf = (node: Node, from: number, to: number) => {
      const range = document.createRange();
      range.setStart(node, from);
      range.setEnd(node, to);
      return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size;
    };
    const broken = links.flatMap((link) => {
      const node = link.lastChild as Text;
      const words = [...node.data.matchAll(/\S+/g)];
      return words
        .filter(({ 0: word, index }) => rowsOf(node, index, index + word.length) !== 1)
        .map(({ 0: word }) => `${word} is broken`);
    });
    const isOut = (link: Element) => {
      const { left, right, height } = link.getBoundingClientRect();
      return left < -0.5 || right > innerWidth + 0.5 || height < 43.5;
    };
    const out = links.filter((one) => isOut(one) || one.scrollWidth > one.clientWidth + 1);
    const rows = new Map<number, number>();
    for (const link of links) {
      const top = Math.round(link.getBoundingClientRect().top);
      rows.set(top, (rows.get(top) ?? 0) + 1);
    }
    const isAlone = links.length > 2 && [...rows.values()].includes(1);
    const { height } = bar.getBoundingClientRect();
    return [
      ...broken,
      ...out.map((link) => `${link.textContent} does not fit`),
      ...(isAlone ? ["one word stands in a row of its own"] : []),
      ...(height > most ? [`the bar is ${height} px high`] : []),
    ];
  }, MOST_HEIGHT);
}

test("no word of the bar at the foot is broken, in either language, at any type size @any-phone", async ({
  page,
  baseURL,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const faults: string[] = [];
  for (const [role, path] of BARS) {
    await becomeRole(page, role);
    for (const lang of ["zh", "en"]) {
      for (const mode of ["full", "easy"]) {
        await page.context().addCookies([
          { name: "lang", value: lang, url: baseURL ?? "" },
          { name: "farm-mode", value: mode, url: baseURL ?? "" },
        ]);
        await page.goto(path);
        // The page is there a moment before the sheet of its large type.
        if ((await page.locator('html[data-mode="easy"]').count()) > 0) {
          const size = () =>
            page.evaluate(() => Number.parseFloat(getComputedStyle(document.body).fontSize));
          await expect.poll(size).toBeGreaterThanOrEqual(20);
        }
        for (const zoom of [1, 2]) {
          await page.evaluate((times) => {
            const root = document.documentElement;
            root.style.fontSize = "";
            const own = Number.parseFloat(getComputedStyle(root).fontSize);
            root.style.fontSize = `${own * times}px`;
          }, zoom);
          const where = `${path} ${lang} ${mode} ${zoom * 100}%`;
          faults.push(...(await faultsOf(page)).map((fault) => `${where}: ${fault}`));
        }
      }
    }
  }
  expect(faults).toEqual([]);
});

test("a phone's first screen of a listing shows its price above the bar that buys it @any-phone", async ({
  page,
  baseURL,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const found = "main a[href^='/produce/']";
  for (const lang of ["zh", "en"]) {
    await page.context().addCookies([{ name: "lang", value: lang, url: baseURL ?? "" }]);
    await page.goto("/search");
    const paths = await page
      .locator(found)
      .evaluateAll((all) => [...new Set(all.map((one) => one.getAttribute("href") ?? ""))]);
    for (const path of paths.slice(0, 6)) {
      await page.goto(path);
      const [price, bar, button] = await Promise.all(
        ["h1 + p .price", "form.buy", "form.buy .btn"].map((each) =>
          page.locator(each).first().boundingBox(),
        ),
      );
      if (!price || !bar || !button) throw new Error(`${path} is not on sale`);
      expect(price.y + price.height, `${path} in ${lang}`).toBeLessThanOrEqual(bar.y);
      expect(button.x + button.width).toBeLessThanOrEqual(bar.x + bar.width);
    }
  }
});
