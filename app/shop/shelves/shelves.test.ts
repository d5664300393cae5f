import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openShopFront } from "#tests/factories/shop-front.ts";

let shop: Awaited<ReturnType<typeof openShopFront>>;
beforeAll(async () => {
  shop = await openShopFront();
});
afterAll(() => shop?.close());

/** The listings that a page leads to, in their order. */
const listed = (html: string) =>
  [...html.matchAll(/\/produce\/([0-9a-f-]{36})/g)].map(([, id]) => id);
const ids = (...keys: string[]) => keys.map((key) => shop.id(key));
const slugOf = async (nameZh: string) =>
  (
    await shop.db
      .selectFrom("cooperatives")
      .select("slug")
      .where("name_zh", "=", nameZh)
      .executeTakeFirstOrThrow()
  ).slug;

describe("the shop's shelves", () => {
  test("show a crop and a group of crops, newest first and only what is in stock", async () => {
    const apples = await shop.get("/categories/apple");
    expect(apples.status).toBe(200);
    expect(listed(apples.html)).toEqual(ids("appleLixian", "appleYanyuan"));
    expect(apples.html).toContain('href="/categories/fruit"');
    const fruit = await shop.get("/categories/fruit");
    expect(listed(fruit.html)).toEqual(ids("pear", "appleLixian", "appleYanyuan"));
    expect(fruit.html).toContain('href="/categories/pear"');
  });

  test("show a county with its villages, its crops and its cooperative", async () => {
    const { html } = await shop.get("/counties/513423");
    expect(listed(html)).toEqual(ids("pear", "sichuanPepper", "appleYanyuan"));
    expect(html).toContain("树河镇");
    expect(html).toContain(`href="/cooperatives/${await slugOf("泸沽湖果蔬合作社")}"`);
    expect(html).toContain('href="/search?category=sichuan-pepper&amp;region=513423"');
    expect(html).not.toContain("category=honey");
  });

  test("show a cooperative with its fee, its freight and for how many households it sells", async () => {
    const { html } = await shop.get(`/cooperatives/${await slugOf("乌蒙山农产合作社")}`);
    expect(listed(html)).toEqual(ids("buckwheat", "sweetPotato", "potato"));
    for (const told of ["货款的 6%", "¥8.00", "每多 1 公斤加 ¥2.00", "另加 ¥10.00", "2 户农户"]) {
      expect(html).toContain(told);
    }
    expect(html).toContain('href="/counties/520526"');
  });

  test("show a household by its alias what it sells, and only what is in stock", async () => {
    const { html, status } = await shop.get("/households/long-caohai-2h6d");
    expect(status).toBe(200);
    expect(listed(html)).toEqual(ids("buckwheat"));
    for (const told of ["龙家·草海镇·2H6D", "2026年11月", "威宁"]) expect(html).toContain(told);
    const english = await shop.get("/households/long-caohai-2h6d", { cookie: "lang=en" });
    for (const told of ["Long · Caohai · 2H6D", "November 2026"])
      expect(english.html).toContain(told);
  });

  test("lead from the listing, and from a card, to whose it is", async () => {
    const { html } = await shop.get(`/produce/${shop.id("buckwheat")}`);
    for (const href of [
      "/households/long-caohai-2h6d",
      "/counties/520526",
      "/categories/buckwheat",
    ])
      expect(html).toContain(`href="${href}"`);
    const front = await shop.get("/");
    expect(front.html).toContain('href="/households/long-caohai-2h6d"');
  });

  test("say so and lead on where nothing is in stock", async () => {
    const { html, status } = await shop.get("/categories/honey");
    expect(status).toBe(200);
    expect(listed(html)).toEqual([]);
    expect(html).toContain("现在没有货");
    expect(html).toContain('href="/search"');
  });

  test("go on by key: each listing stands on one page, whatever is listed meanwhile", async () => {
    const first = await shop.get("/counties/520526");
    const [newest, second] = listed(first.html);
    const older = await shop.get(`/counties/520526?before=${newest}`);
    expect(listed(older.html)[0]).toBe(second);
    expect(listed(older.html)).not.toContain(newest);
    expect(older.html).toContain('href="/counties/520526"');
    for (const odd of ["nonsense", "01a00000-0000-7000-8000-000000000000", "%00", "'"]) {
      const answer = await shop.get(`/counties/520526?before=${odd}`);
      expect([answer.status, listed(answer.html)]).toEqual([200, listed(first.html)]);
    }
  });

  test.each([
    "/categories/nothing",
    "/categories/%00",
    "/counties/110101",
    "/counties/510000",
    "/counties/51342",
    "/cooperatives/no-such-one",
    "/cooperatives/a%00b",
    "/households/nobody-nowhere-1111",
    "/households/%00",
    "/households/龙家",
  ])("answer %s with the page that helps", async (path) => {
    const { status, html } = await shop.get(encodeURI(path).replaceAll("%25", "%"));
    expect(status).toBe(404);
    expect(html).toContain("没有找到这个页面");
  });
});

describe("of a household no page tells more than alias, village and county", () => {
  const everyPage = async () => [
    "/",
    `/produce/${shop.id("buckwheat")}`,
    "/categories/buckwheat",
    "/counties/520526",
    `/cooperatives/${await slugOf("乌蒙山农产合作社")}`,
    "/households/long-caohai-2h6d",
  ];

  test("neither in what is read nor in what machines read", async () => {
    const rows = await shop.db.selectFrom("households").selectAll().execute();
    const secrets = rows.flatMap((row) => [
      ...[row.id, row.head_name, row.register_code],
      ...[row.bank_account_number, row.bank_name],
    ]);
    const accounts = await shop.db.selectFrom("relief_accounts").select(["id", "code"]).execute();
    secrets.push(...accounts.flatMap(({ id, code }) => [id, code]));
    for (const path of await everyPage()) {
      for (const cookie of ["lang=zh", "lang=en"]) {
        const { html } = await shop.get(path, { cookie });
        expect(html.length).toBeGreaterThan(1_000);
        expect(
          secrets.filter((secret) => secret && html.includes(secret)),
          path,
        ).toEqual([]);
      }
    }
  });

  test("nor what it sold: a sale changes nothing on the page but what is in stock", async () => {
    const path = "/households/long-caohai-2h6d";
    const before = await shop.get(path);
    const lot = shop.db.updateTable("lots").where("listing_id", "=", shop.id("buckwheat"));
    await lot.set({ available: 3, sold: 7 }).execute();
    const drawn = (html: string) => html.replaceAll(/name="[^"]*" value="[^"]*"/g, "");
    expect(drawn((await shop.get(path)).html)).toBe(drawn(before.html));
    await lot.set({ available: 10, sold: 0 }).execute();
  });

  test("and one that never sold anything has no page, nor one whose listing is a draft", async () => {
    const { db } = shop;
    const draft = db.updateTable("listings").where("id", "=", shop.id("sichuanPepper"));
    const sold = db.updateTable("listings").where("id", "=", shop.id("appleSoldOut"));
    const page = () => shop.get("/households/ade-shuhe-7q4c");
    expect((await page()).status).toBe(200);
    await draft.set({ status: "draft" }).execute();
    await sold.set({ status: "draft" }).execute();
    expect((await page()).status).toBe(404);
  });

  test("search engines are asked to keep no page of a household", async () => {
    const { html } = await shop.get("/households/long-caohai-2h6d");
    expect(html).toContain('<meta name="robots" content="noindex"/>');
    expect(html).not.toContain("og:");
  });
});
