import { expect, type Page, test } from "@playwright/test";
import { OPERATOR } from "./all-pages.ts";
import { become } from "./become.ts";
import { html, linkOn, send } from "./forms.ts";
import { currentWalk } from "./walk.ts";

/** What stands in the fields of the page's own form, by name; photos and the crop's search apart. */
const readForm = (page: Page) =>
  page.evaluate(() => {
    const of = document.querySelector<HTMLFormElement>("main form[id]:has([name])");
    const all = [...(of?.elements ?? [])] as HTMLInputElement[];
    const isTyped = ({ type, name }: HTMLInputElement) =>
      !["hidden", "file", "submit", "button", "fieldset", "radio", "checkbox", "output"].includes(
        type,
      ) && name !== "cropSearch";
    return Object.fromEntries(all.filter(isTyped).map(({ name, value }) => [name, value]));
  });

/** Types into every field something else than it comes with, also where it stands in a fold. */
const typeEverywhere = (page: Page) =>
  page.evaluate(() => {
    const of = document.querySelector<HTMLFormElement>("main form[id]:has([name])");
    for (const one of [...(of?.elements ?? [])] as HTMLInputElement[]) {
      if (["cropSearch", "grade"].includes(one.name)) continue;
      if (one instanceof HTMLSelectElement) one.selectedIndex = one.options.length - 1;
      else if (one.type === "date") one.value = "2027-01-08";
      else if (/^(text|tel|textarea|number)$/.test(one.type)) one.value = `9${one.name.length}`;
      else continue;
      for (const told of ["input", "change"]) one.dispatchEvent(new Event(told, { bubbles: true }));
    }
  });

async function expectKept(page: Page, path: string): Promise<void> {
  await page.goto(path);
  // The form that needs no signal is seen once the phone has said what it keeps.
  await expect(page.locator("main form[id]:has([name])").first()).toBeVisible();
  const asItCame = await readForm(page);
  await typeEverywhere(page);
  const typed = await readForm(page);
  expect(typed, path).not.toEqual(asItCame);
  const before = await page.locator("html").getAttribute("lang");
  await page.locator("header button[name=locale]").click();
  await expect(page.locator("html")).not.toHaveAttribute("lang", before ?? "");
  await expect.poll(() => readForm(page), { message: path }).toEqual(typed);
  await page.locator("header button[name=locale]").click();
  await expect(page.locator("html")).toHaveAttribute("lang", before ?? "");
  await expect.poll(() => readForm(page), { message: path }).toEqual(typed);
}

test("another language loses nothing that is typed into a form of the farm", async ({ page }) => {
  test.slow();
  await become(page, currentWalk().farmer);
  const listing = await linkOn(page, "/farm/listings", /\/farm\/listings\/[0-9a-f-]{36}/);
  const draft = `/farm/listings/drafts/${crypto.randomUUID()}`;
  const own = ["/farm/listings/new/whole", "/farm/offline"];
  const run = [`${listing}/edit`, `${listing}/restock`, `${draft}/crop`, `${draft}/amount`];
  for (const path of [...own, ...run]) await expectKept(page, path);
  await send(page, `${draft}/discard`, {});
});

test("nor into what a cooperative lists for a household, or somebody applies with", async ({
  page,
}) => {
  await become(page, currentWalk().manager);
  const OFFER = /\/coop\/listings\/new\/[0-9a-f-]{36}/;
  await expectKept(page, await linkOn(page, "/coop/listings/new", OFFER));
  await become(page, OPERATOR);
  await expectKept(page, "/join");
});

test("nor into a desk's form: a cycle, freight, an account, a parcel that leaves, lacks or cannot go", async ({
  page,
}) => {
  test.slow();
  await become(page, currentWalk().manager);
  const parcelIn = (state: string) =>
    linkOn(page, `/coop/parcels?state=${state}`, /\/coop\/parcels\/[0-9a-f-]{36}/);
  const waiting = await parcelIn("waiting");
  const household = await linkOn(page, "/coop/households", /\/coop\/households\/[0-9a-f-]{36}/);
  const desk = [
    ...["/coop/cycles/new", "/coop/freight", "/coop/payouts/account", `${household}/bank`],
    ...[`${waiting}/shortages`, `${waiting}/cancellation`],
    ...[`${await parcelIn("packed")}/shipment`, `${await parcelIn("shipped")}/correction`],
  ];
  for (const path of desk) await expectKept(page, path);
});

test("nor into what goes back, is sent later, weighed, corrected, priced, answered or agreed", async ({
  page,
}) => {
  test.slow();
  await become(page, currentWalk().manager);
  const one = (list: string) => linkOn(page, list, new RegExp(`${list}/[0-9a-f-]{36}`));
  // Not each parcel has something to weigh, to send later or to give back for: the first that has.
  const parcelWith = async (part: string, form: string) => {
    const waiting = await html(page, "/coop/parcels?state=waiting");
    for (const [parcel] of waiting.matchAll(/\/coop\/parcels\/[0-9a-f-]{36}/g)) {
      const path = `${parcel}/${part}`;
      if ((await html(page, path)).includes(`id="${form}"`)) return path;
    }
    throw new Error(`no parcel waits that can be asked for its ${part}`);
  };
  const [pool, lot] = [await one("/coop/pools"), await one("/coop/stock")];
  const [member, review] = [await one("/coop/people"), await one("/coop/reviews")];
  await page.goto("/coop/pools/new");
  await page.locator("main form").getByRole("button").click();
  const { pathname, search } = new URL(page.url());
  const desk = [
    ...["/coop/people", member, "/coop/reserve", "/coop/households/moves", review, lot],
    ...[pool, `${pathname}${search}`],
    ...[await parcelWith("weights", "weight"), await parcelWith("refunds", "refund")],
    await parcelWith("split", "later"),
  ];
  for (const path of desk) await expectKept(page, path);
});
