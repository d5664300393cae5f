import { afterAll, beforeAll, expect, test } from "vitest";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import { openShopFront } from "#tests/factories/shop-front.ts";

let shop: Awaited<ReturnType<typeof openShopFront>>;
beforeAll(async () => {
  shop = await openShopFront();
});
afterAll(() => shop?.close());

const dayAgo = (days: number) => shanghaiDay(new Date(Date.now() - days * 86_400_000));
const listed = (html: string) =>
  [...html.matchAll(/\/produce\/([0-9a-f-]{36})/g)].map(([, id]) => id);
const sectionOf = (html: string, id: string) =>
  html.split("<section").find((part) => part.includes(`aria-labelledby="${id}"`)) ?? "";

test("the front shows the newest, what is in season and the rest by county, each listing once", async () => {
  const { db } = shop;
  await db
    .updateTable("listings")
    .set({ harvested_on: dayAgo(90) })
    .execute();
  for (const key of ["appleYanyuan", "pear"]) {
    await db
      .updateTable("listings")
      .set({ harvested_on: dayAgo(2) })
      .where("id", "=", shop.id(key))
      .execute();
  }
  const { html } = await shop.get("/");
  const all = listed(html);
  expect(new Set(all).size).toBe(all.length);
  expect(listed(sectionOf(html, "newest"))[0]).toBe(shop.id("buckwheat"));
  // The pear is among the newest already.
  expect(listed(sectionOf(html, "season"))).toEqual([shop.id("appleYanyuan")]);
  // Its drawing comes with the page: as a file it came last on a slow line.
  expect(html).toMatch(/<div class="hero"><svg aria-hidden="true"/);
  for (const href of ["/categories/pear", "/categories/fruit", "/search?sort=newest"])
    expect(html).toContain(`href="${href}"`);
  expect(html).not.toContain('href="/categories/walnut"');
});

test("what is almost gone is on the front, and leads to its county once there is more of it", async () => {
  const { db } = shop;
  await db
    .updateTable("listings")
    .set({ harvested_on: dayAgo(90) })
    .execute();
  const old = db.updateTable("listings").where("id", "=", shop.id("appleYanyuan"));
  const lot = db.updateTable("lots");
  await lot.set({ quantity_in: 40, available: 30, sold: 10 }).where("available", ">", 0).execute();
  await old.set({ published_at: new Date("2026-01-01") }).execute();
  const ofApple = lot.where("listing_id", "=", shop.id("appleYanyuan"));
  await ofApple.set({ available: 2, sold: 38 }).execute();
  const few = await shop.get("/");
  expect(listed(sectionOf(few.html, "last"))).toEqual([shop.id("appleYanyuan")]);
  await ofApple.set({ available: 20, sold: 20 }).execute();
  const enough = await shop.get("/");
  expect(sectionOf(enough.html, "last")).toBe("");
  const county = sectionOf(enough.html, "c513423");
  expect(listed(county)).toEqual([shop.id("appleYanyuan")]);
  expect(county).toContain('href="/counties/513423"');
});
