import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readListingStretches, readStretch } from "#app/domain/listings/read-sitemap.ts";
import { openShopFront, SHOP_URL } from "#tests/factories/shop-front.ts";
import { loader as robots } from "./robots.ts";

let shop: Awaited<ReturnType<typeof openShopFront>>;
beforeAll(async () => {
  shop = await openShopFront();
});
afterAll(() => shop?.close());

const locsOf = (xml: string) =>
  [...xml.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, loc = ""]) => loc);
const read = async (loc: string) => {
  const answer = await shop.get(loc.replace(SHOP_URL, "").replaceAll("&amp;", "&"));
  expect(answer.status, loc).toBe(200);
  expect(answer.headers.get("content-type")).toContain("application/xml");
  return locsOf(answer.html);
};

async function published(): Promise<string[]> {
  const rows = await shop.db
    .selectFrom("listings")
    .select("id")
    .where("status", "=", "published")
    .orderBy("id")
    .execute();
  return rows.map(({ id }) => id);
}

describe("the sitemap", () => {
  test("names every published listing, every shelf and the front, and no household", async () => {
    const parts = await read("/sitemap.xml");
    const pages = (await Promise.all(parts.map(read))).flat();
    const listings = (await published()).map((id) => `${SHOP_URL}/produce/${id}`);
    expect(pages.filter((loc) => loc.includes("/produce/"))).toEqual(listings);
    expect(pages).not.toContain(`${SHOP_URL}/produce/${shop.id("applePaused")}`);
    for (const path of ["/", "/categories/fruit", "/categories/apple", "/counties/513423"])
      expect(pages).toContain(SHOP_URL + path);
    expect(pages).not.toContain(`${SHOP_URL}/categories/loquat`);
    expect(pages.filter((loc) => loc.includes("/cooperatives/"))).toHaveLength(4);
    expect(pages.join()).not.toContain("household");
    // What it names is there.
    for (const loc of pages) expect((await shop.get(loc.slice(SHOP_URL.length))).status).toBe(200);
  });

  test("takes as many parts as it needs: each listing stands in one of them", async () => {
    const stretches = await readListingStretches(shop.db, 4);
    expect(stretches.length).toBe(Math.ceil((await published()).length / 4));
    const said = stretches.map(({ from, before }) =>
      new URLSearchParams({ from, ...(before && { before }) }).toString(),
    );
    const parts = await Promise.all(said.map((query) => read(`/sitemap/listings.xml?${query}`)));
    expect(parts.map((part) => part.length).slice(0, 2)).toEqual([4, 4]);
    const all = parts.flat().map((loc) => loc.slice(-36));
    expect(all).toEqual(await published());
    const [first] = stretches;
    if (!first) throw new Error("no stretch");
    expect(await readStretch(shop.db, { ...first, limit: 2 })).toHaveLength(2);
  });

  test("sends a part of thousands without leaving one out", async () => {
    await shop.db.transaction().execute(async (trx) => {
      const {
        id: _,
        client_key: __,
        ...like
      } = await trx
        .selectFrom("listings")
        .selectAll()
        .where("id", "=", shop.id("pear"))
        .executeTakeFirstOrThrow();
      const rows = Array.from({ length: 2_100 }, (_, n) => {
        const id = `01b00000-0000-7000-8000-${String(n).padStart(12, "0")}`;
        return { ...like, id, client_key: id };
      });
      for (let at = 0; at < rows.length; at += 700) {
        await trx
          .insertInto("listings")
          .values(rows.slice(at, at + 700))
          .execute();
      }
    });
    const [from = ""] = await published();
    const part = await read(`/sitemap/listings.xml?from=${from}`);
    expect(part.map((loc) => loc.slice(-36))).toEqual(await published());
  });

  test.each(["", "?from=x", "?from=%00", "?before=x"])("knows no part %j", async (query) => {
    expect((await shop.get(`/sitemap/listings.xml${query}`)).status).toBe(404);
  });
});

test("robots are told where the sitemap is and to keep out of what is somebody's own", async () => {
  const context = { publicUrl: SHOP_URL };
  const answer = robots({ context } as unknown as LoaderFunctionArgs);
  const text = await answer.text();
  expect(text).toContain(`Sitemap: ${SHOP_URL}/sitemap.xml`);
  const kept = [...text.matchAll(/^Disallow: (.*)$/gm)].map(([, path = ""]) => path);
  const isKeptOut = (path: string) =>
    kept.some((each) => (each.endsWith("$") ? `${path}$` === each : path.startsWith(each)));
  for (const path of ["/orders/TJ1", "/farm", "/coop", "/coop/parcels", "/relief", "/households/x"])
    expect(isKeptOut(path), path).toBe(true);
  const found = ["/", "/search", "/produce/x", "/counties/513423", "/cooperatives/yanyuan"];
  for (const path of found) expect(isKeptOut(path), path).toBe(false);
});
