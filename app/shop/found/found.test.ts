import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { reindex } from "#search/reindex.ts";
import { makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { openShopFront, SHOP_URL } from "#tests/factories/shop-front.ts";
import { attachPhoto } from "#tests/factories/shown-photo.ts";

let shop: Awaited<ReturnType<typeof openShopFront>>;
beforeAll(async () => {
  shop = await openShopFront();
  // More than one page holds.
  const household = await makeHousehold(shop.db);
  for (let made = 0; made < 30; made++) {
    await makeListing(shop.db, { lots: [{ household, quantity: 20 }] });
  }
  await reindex(shop.db, undefined);
});
afterAll(() => shop?.close());

const linkOf = (html: string, rel: string) =>
  [...html.matchAll(/<link [^>]*>/g)]
    .map(([link]) => link)
    .filter((link) => link.includes(`rel="${rel}"`))
    .map((link) => [/hreflang="([^"]+)"/i.exec(link)?.[1] ?? "", /href="([^"]+)"/.exec(link)?.[1]]);
const metaOf = (html: string, name: string) =>
  new RegExp(`<meta (?:property|name)="${name}" content="([^"]*)"`).exec(html)?.[1];
const things = (html: string) =>
  [...html.matchAll(/<script type="application\/ld\+json">([^<]*)<\/script>/g)].map(([, json]) =>
    JSON.parse(json ?? ""),
  );

describe("a search", () => {
  test("of all there is can be found, page by page in each language", async () => {
    const { html } = await shop.get("/search?page=2&utm=x");
    expect(linkOf(html, "canonical")).toEqual([["", `${SHOP_URL}/search?page=2`]]);
    expect(linkOf(html, "alternate")).toContainEqual([
      "en",
      `${SHOP_URL}/search?page=2&amp;lang=en`,
    ]);
    expect(metaOf(html, "robots")).toBeUndefined();
    const english = await shop.get("/search?lang=en");
    expect(linkOf(english.html, "canonical")).toEqual([["", `${SHOP_URL}/search?lang=en`]]);
  });

  test.each(["q=%E8%8B%B9%E6%9E%9C", "category=apple", "sort=price", "stock=yes&page=2"])(
    "by %s has one address, and is not to be found",
    async (query) => {
      const { html } = await shop.get(`/search?utm=x&${query}`);
      const [[, href = ""] = []] = linkOf(html, "canonical");
      expect(href.replaceAll("&amp;", "&")).toBe(`${SHOP_URL}/search?${query}`);
      expect(metaOf(html, "robots")).toBe("noindex, nofollow");
    },
  );
});

describe("a public page", () => {
  test("has one address in each language, whatever else its URL says", async () => {
    const path = `/produce/${shop.id("pear")}`;
    const { html } = await shop.get(`${path}?to=510000&utm=x`);
    expect(linkOf(html, "canonical")).toEqual([["", SHOP_URL + path]]);
    expect(linkOf(html, "alternate")).toEqual([
      ["zh-CN", SHOP_URL + path],
      ["en", `${SHOP_URL}${path}?lang=en`],
      ["x-default", SHOP_URL + path],
    ]);
    const english = await shop.get(`${path}?lang=en`);
    expect(linkOf(english.html, "canonical")).toEqual([["", `${SHOP_URL}${path}?lang=en`]]);
  });

  test("answers in the language of its address, and the reader goes on in it", async () => {
    const english = await shop.get("/counties/513423?lang=en", { cookie: "lang=zh" });
    expect(english.html).toContain('<html lang="en">');
    expect(english.headers.get("set-cookie")).toMatch(/lang=en; Path=\/;/);
    // The button leads back without asking for English again.
    expect(english.html).toContain('name="to" value="/counties/513423"');
    const odd = await shop.get("/counties/513423?lang=xx", { cookie: "lang=en" });
    expect(odd.html).toContain('<html lang="en">');
    const same = await shop.get("/counties/513423?lang=en", { cookie: "lang=en" });
    expect(same.headers.get("set-cookie") ?? "").not.toContain("lang=");
  });

  test("says what is shared of it: title, words, address, and the photo when there is one", async () => {
    const path = `/produce/${shop.id("walnut")}`;
    const bare = await shop.get(path);
    expect(metaOf(bare.html, "og:title")).toBe("薄皮核桃 · 永兴镇 · 田集");
    expect(metaOf(bare.html, "og:url")).toBe(SHOP_URL + path);
    expect(metaOf(bare.html, "og:description")).toContain("¥32.00");
    expect(metaOf(bare.html, "og:image")).toBeUndefined();
    const { jpeg } = await attachPhoto(shop.db, shop.id("walnut"));
    const { html } = await shop.get(path);
    const card = new RegExp(`^${SHOP_URL}/cards/${shop.id("walnut")}-zh-[0-9a-f]{32}\\.jpg$`);
    expect(metaOf(html, "og:image")).toMatch(card);
    expect([metaOf(html, "og:image:width"), metaOf(html, "og:image:height")]).toEqual([
      "1200",
      "630",
    ]);
    const [, product] = things(html);
    expect(product).toMatchObject({ image: `${SHOP_URL}/photos/${jpeg}` });
  });

  test("a page of many listings is shared with the photo of the first that has one", async () => {
    const newest = await shop.db
      .selectFrom("listings as l")
      .innerJoin("cooperatives as c", "c.id", "l.cooperative_id")
      .select(["l.id", "l.region_code", "l.category_code", "c.slug"])
      .orderBy("l.published_at", "desc")
      .orderBy("l.id")
      .executeTakeFirstOrThrow();
    const { jpeg } = await attachPhoto(shop.db, newest.id);
    const county = newest.region_code.slice(0, 6);
    for (const path of [
      ...[`/counties/${county}`, `/categories/${newest.category_code}`],
      `/cooperatives/${newest.slug}`,
    ]) {
      const { html } = await shop.get(path);
      expect(metaOf(html, "og:image"), path).toBe(`${SHOP_URL}/photos/${jpeg}`);
      const size = [metaOf(html, "og:image:width"), metaOf(html, "og:image:height")];
      expect(size).toEqual(["640", "480"]);
    }
    expect(metaOf((await shop.get("/")).html, "og:image")).toContain(`${SHOP_URL}/photos/`);
  });

  test("tells machines what it is: the offer in yuan, who sells, and the way down to it", async () => {
    const { html } = await shop.get(`/produce/${shop.id("appleYanyuan")}`);
    const [path, product] = things(html);
    expect(product).toMatchObject({
      "@context": "https://schema.org",
      "@type": "Product",
      name: "盐源糖心苹果",
      offers: {
        price: "39.90",
        priceCurrency: "CNY",
        availability: "https://schema.org/InStock",
        seller: { "@type": "Organization", name: "泸沽湖果蔬合作社" },
      },
    });
    expect(path.itemListElement.map(({ name }: { name: string }) => name)).toEqual([
      ...["首页", "水果", "苹果", "盐源糖心苹果"],
    ]);
    const listing = `${SHOP_URL}/produce/${shop.id("appleYanyuan")}`;
    const english = (await shop.get(`/produce/${shop.id("appleYanyuan")}?lang=en`)).html;
    const [way, thing] = things(english);
    expect(product.offers.url).toBe(listing);
    expect(thing.offers.url).toBe(`${listing}?lang=en`);
    const items = way.itemListElement.map(({ item }: { item: string }) => item);
    expect(items.at(0)).toBe(`${SHOP_URL}/?lang=en`);
    expect(items.at(-1)).toBe(`${listing}?lang=en`);
    const sold = await shop.get(`/produce/${shop.id("honey")}`);
    expect(things(sold.html)[1].offers.availability).toBe("https://schema.org/OutOfStock");
    expect(JSON.stringify(things(html))).not.toContain("3F7K");
  });

  test("lets no name break out of what machines read", async () => {
    const { db } = shop;
    const hostile = '</script><script>alert("x")</script><!--';
    const pear = db.updateTable("listings").where("id", "=", shop.id("pear"));
    await pear.set({ title_zh: hostile, description_zh: hostile }).execute();
    const { html } = await shop.get(`/produce/${shop.id("pear")}`);
    expect(html).not.toContain("<script>");
    expect(html.match(/<script/g)).toHaveLength(2);
    expect(things(html)[1].name).toBe(hostile);
  });
});
