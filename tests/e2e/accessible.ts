import { expect, type Page, test } from "@playwright/test";
import axe from "axe-core";

const EDGE = 1;
/** Standing alone, each of them; those of the farm without a signal carry their hash in the name. */
const OWN =
  /^\/(enhance\/|assets\/(kept-[a-z]+|no-signal|offline-listing|take-draft|waiting-photos)-[\w-]+\.js$)/;

/**
 * No serious fault that axe can find, nothing wider than the screen, no script of the framework.
 * axe itself needs scripts; where they are off the rest is still checked.
 */
export async function expectAccessible(page: Page): Promise<void> {
  // The address changes before the page that stands at it can be read.
  await page.waitForLoadState();
  const width = page.viewportSize()?.width ?? 0;
  const needed = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(needed, `${page.url()} is wider than the screen`).toBeLessThanOrEqual(width + EDGE);
  // What search engines read of a page is data, and no browser runs it.
  const scripts = await page
    .locator('script:not([type="application/ld+json"])')
    .evaluateAll((all) => all.map((one) => one.getAttribute("src")));
  expect(
    scripts.filter((src) => !OWN.test(src ?? "")),
    `${page.url()} carries other scripts`,
  ).toEqual([]);
  if (test.info().project.use.javaScriptEnabled === false) return;
  expect(await seriousFaults(page), page.url()).toEqual([]);
}

/**
 * Of many brothers built alike (rows of a list, crops to choose from) two stay while axe looks, whose
 * time grows with every element; then the others are put back. Alike are those that differ by
 * nothing but their words, addresses, values and ids: not by a tag, a class, a role, a style, a
 * missing word or a missing label. A label apart from its field stays with it.
 */
function thinOut(page: Page): Promise<void> {
  return page.evaluate(() => {
    const words = /^(id|for|href|src|srcset|value|name|alt|title|datetime|action|aria-label)$/;
    const idle = (ids: string) => ids.split(" ").filter((id) => !document.getElementById(id));
    const mark = ({ name, value }: Attr) => {
      if (/^aria-(labelledby|describedby)$/.test(name)) return `${name} ${idle(value).length}`;
      return words.test(name) ? `${name}${value.trim() && "…"}` : `${name}=${value}`;
    };
    const builtAs = (one: Element): string => {
      const labels = "labels" in one ? (one as HTMLInputElement).labels?.length : "";
      const inside = [...one.childNodes].map((node) =>
        node instanceof Element ? builtAs(node) : node.textContent?.trim() && "…",
      );
      return `<${one.tagName} ${labels} ${[...one.attributes].map(mark)}>${inside.join("")}</>`;
    };
    const putBack: (() => void)[] = [];
    for (const parent of document.querySelectorAll("main *")) {
      const seen = new Map<string, number>();
      for (const child of [...parent.children]) {
        const built = builtAs(child);
        const count = (seen.get(built) ?? 0) + 1;
        seen.set(built, count);
        const isApart = child instanceof HTMLLabelElement && !child.contains(child.control);
        if (count <= 2 || isApart) continue;
        const next = child.nextSibling;
        putBack.unshift(() => parent.insertBefore(child, next));
        child.remove();
      }
    }
    Object.assign(window, { putBack: () => putBack.forEach((put) => void put()) });
  });
}

/** Our pages have one frame, so axe is put into the page itself; its makers' own builder does it twice. */
async function seriousFaults(page: Page): Promise<string[]> {
  await thinOut(page);
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const own = window as unknown as { axe: typeof axe; putBack(): void };
    const { violations } = await own.axe.run({ resultTypes: ["violations"] });
    own.putBack();
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(" ")}`);
  });
}
