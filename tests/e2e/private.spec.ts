import { expect, type Page, test } from "@playwright/test";
import { becomeRole, checkoutFields, fillCart } from "./all-pages.ts";
import { become } from "./become.ts";
import { html, linkOn, send } from "./forms.ts";
import { NOWHERE } from "./hostile.ts";
import { currentWalk } from "./walk.ts";

const FARMERS = ["+8610000000001", "+8610000000008"];
const MANAGERS = ["+8610000000003", "+8610000000004"];
const OFFICERS = ["+8610000000005", "+8610000000006"];
const UUID = "[0-9a-f-]{36}";

/** Where a public page leads to others. */
const PUBLIC = new RegExp(
  `href="(/produce/${UUID}|/(?:categories|counties|cooperatives|households)/[^"?]+)"`,
  "g",
);

/** All that a page says of one kind. */
async function all(page: Page, path: string, pattern: RegExp): Promise<string[]> {
  return [...new Set([...(await html(page, path)).matchAll(pattern)].map(([found]) => found))];
}

test("nobody finds another's listing, parcel, run, household or order", {
  tag: "@any-phone",
}, async ({ page }) => {
  const seen: [who: string | null, paths: string[], posts: string[]][] = [];
  const look = async (phone: string, path: string, pattern: string) => {
    await become(page, phone);
    return linkOn(page, path, new RegExp(pattern));
  };
  const listing = await look(FARMERS[0] ?? "", "/farm/listings", `/farm/listings/${UUID}`);
  const steps = ["pause", "resumption", "withdrawal"].map((step) => `${listing}/${step}`);
  seen.push([FARMERS[1] ?? "", [listing], steps]);

  const parcel = await look(
    MANAGERS[0] ?? "",
    "/coop/parcels?state=waiting",
    `/coop/parcels/${UUID}`,
  );
  const run = await look(MANAGERS[0] ?? "", "/coop/payouts", `/coop/payouts/${UUID}`);
  const review = await look(MANAGERS[0] ?? "", "/coop/reviews", `/coop/reviews/${UUID}`);
  seen.push([
    MANAGERS[1] ?? "",
    [
      review,
      parcel,
      `${parcel}/shipment`,
      run,
      `${run}/bank-file.csv`,
      `${run}/pain.001.xml`,
      `${run}/reversal`,
    ],
    [
      review,
      ...["acceptance", "packing", "shipment", "correction", "delivery"].map(
        (step) => `${parcel}/${step}`,
      ),
      ...["cancellation", "refunds"].map((step) => `${parcel}/${step}`),
      ...["", "/approval", "/withdrawal"].map((step) => `${run}/reversal${step}`),
      ...["confirmation", "cancellation", `items/${NOWHERE}/bounce`].map(
        (step) => `${run}/${step}`,
      ),
    ],
  ]);

  const account = await look(OFFICERS[0] ?? "", "/relief", "/relief/accounts/[A-Z]{2}-[0-9]{6}");
  seen.push([OFFICERS[1] ?? "", [account, `${account}/statement.csv`], []]);

  await become(page, null);
  await fillCart(page);
  expect((await send(page, "/checkout", await checkoutFields(page))).status).toBe(303);
  const order = await linkOn(page, "/orders", /\/orders\/TJ\d{14}/);
  const isStillMine = async () =>
    (await html(page, order)).includes(`action="${order}/cancellation"`);
  expect(await isStillMine()).toBe(true);
  const buyer = await page.context().cookies();
  for (const who of [null, FARMERS[0] ?? "", MANAGERS[0] ?? ""]) {
    seen.push([who, [order, `${order}/return`], [`${order}/payment`, `${order}/cancellation`]]);
  }

  for (const [who, paths, posts] of seen) {
    await become(page, who);
    for (const path of paths) {
      expect((await page.request.get(path, { maxRedirects: 0 })).status(), path).toBe(404);
    }
    for (const path of posts) expect((await send(page, path, {})).status, path).toBe(404);
  }
  await page.context().clearCookies();
  await page.context().addCookies(buyer);
  expect(await isStillMine(), "still to be paid, or to be cancelled by her").toBe(true);
});

test("no public page, no search and no address names a household, its register code, bank or phone", {
  tag: "@any-phone",
}, async ({ page }) => {
  test.slow();
  const traces = new Set<string>();
  const secrets = new Set<string>([currentWalk().farmer.replace("+86", "")]);
  const add = (found: string[]) => {
    for (const one of found) secrets.add(one.replace(/<[^>]*>/g, "").trim());
  };
  for (const officer of OFFICERS) {
    await become(page, officer);
    const accounts = await all(page, "/relief", /\/relief\/accounts\/[A-Z]{2}-\d{6}/g);
    add(await all(page, "/relief", /(?<=href="\/relief\/accounts\/[^"]+">)[^<]+/g));
    for (const account of accounts.slice(0, 5)) {
      // The register code: the county's six digits and six of the household.
      add(await all(page, account, /\b\d{12}\b/g));
    }
  }
  for (const manager of MANAGERS) {
    await become(page, manager);
    for (const run of await all(page, "/coop/payouts", new RegExp(`/coop/payouts/${UUID}`, "g"))) {
      add(await all(page, run, /\b6217\d{15}\b/g));
    }
    const parcel = await linkOn(
      page,
      "/coop/parcels?state=shipped",
      new RegExp(`/coop/parcels/${UUID}`),
    );
    add(await all(page, parcel, /(?<=href="tel:)[^"]+/g));
    for (const label of [
      "/coop/packing-list/labels?state=packed",
      `/coop/packing-list/labels?parcel=${parcel.slice(-36)}`,
    ]) {
      for (const trace of await all(page, label, /\/trace\/[\w-]{22}/g)) traces.add(trace);
    }
  }
  expect(traces.size, "pages that the codes on parcels lead to").toBeGreaterThan(5);
  const kinds = [...secrets].join(" ");
  expect(secrets.size).toBeGreaterThan(40);
  for (const kind of [/\b\d{12}\b/, /\b6217\d{15}\b/, /[\u4e00-\u9fff]{2,4}/]) {
    expect(kinds).toMatch(kind);
  }

  await becomeRole(page, "buyer");
  const pages = new Set(["/", "/account", "/cart", "/orders", "/sign-in", "/health", ...traces]);
  const name = [...secrets].find((one) => /^[\u4e00-\u9fff]{2,4}$/.test(one)) ?? "";
  for (const word of ["", name, "510", "6217"]) {
    for (const number of [1, 2, 3, 4, 5, 6, 7]) {
      pages.add(`/search?${new URLSearchParams({ q: word, page: String(number) })}`);
    }
  }
  for (const path of pages) {
    const source = await html(page, path);
    for (const [, found = ""] of source.matchAll(PUBLIC)) pages.add(found);
    // The search itself repeats what was asked.
    const said = source.replaceAll(name, path.startsWith("/search") ? "" : name);
    const told = [...secrets].filter((secret) => said.includes(secret));
    expect(told, path).toEqual([]);
  }
  expect(pages.size).toBeGreaterThan(100);
});
