import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openShopFront } from "#tests/factories/shop-front.ts";
import { attachPhoto } from "#tests/factories/shown-photo.ts";

let shop: Awaited<ReturnType<typeof openShopFront>>;
beforeAll(async () => {
  shop = await openShopFront();
});
afterAll(() => shop?.close());

const pathOf = (key: string) => `/produce/${shop.id(key)}`;
const update = (key: string) => shop.db.updateTable("listings").where("id", "=", shop.id(key));

describe("the page of a listing", () => {
  test("says what the household gets of a yuan, by the rule that splits the line", async () => {
    await shop.db.updateTable("cooperatives").set({ fee_basis_points: 575 }).execute();
    await update("pear").set({ price_fen: 999 }).execute();
    const { html } = await shop.get(pathOf("pear"));
    // 5.75 % of ¥9.99 are 57.4 fen: the part of a fen goes to the household.
    for (const told of ["每 1 元货款，0.9425 元", "¥9.42", "¥0.57", '<rect width="0.9425"'])
      expect(html).toContain(told);
  });

  test("shows freight to the province of its address, and keeps it chosen", async () => {
    const path = pathOf("walnut");
    const plain = await shop.get(path);
    expect(plain.html).toContain('<select name="to"');
    expect(plain.html).not.toContain('role="status"');
    const near = await shop.get(`${path}?to=310000`);
    expect(near.html).toMatch(/寄到上海市：一件（1 公斤）运费 <b>¥8\.00<\/b>/);
    expect(near.html).toContain('<option value="310000" selected="">');
    expect((await shop.get(`${path}?to=650000`)).html).toContain("<b>¥18.00</b>");
    // Lixian lies in Gansu itself, which is remote to all others.
    expect((await shop.get(`${path}?to=620000`)).html).toContain("<b>¥8.00</b>");
    for (const odd of ["510100", "999999", "x", "%00", "31"]) {
      const { status, html } = await shop.get(`${path}?to=${odd}`);
      expect([status, html.includes('role="status"')], odd).toEqual([200, false]);
    }
  });

  test("says when it was harvested and when it ships", async () => {
    const now = await shop.get(pathOf("garlic"));
    for (const told of ["2026年11月1日", "现货"]) expect(now.html).toContain(told);
    await update("garlic").set({ ships_from: "2199-01-20", presale_limit: 50 }).execute();
    expect((await shop.get(pathOf("garlic"))).html).toContain("预售：2199年1月20日起发货");
    await update("garlic").set({ ships_from: "2026-01-20" }).execute();
    expect((await shop.get(pathOf("garlic"))).html).toContain("现货");
  });

  test("shows what others sell of the same crop, her own last, and not what is gone", async () => {
    const similarOf = async (key: string) => {
      const { html } = await shop.get(pathOf(key));
      const found = html
        .slice(html.indexOf('id="similar"'))
        .matchAll(/\/produce\/([0-9a-f-]{36})/g);
      return html.includes('id="similar"') ? [...found].map(([, id]) => id) : [];
    };
    expect(await similarOf("appleYanyuan")).toEqual([shop.id("appleLixian")]);
    expect(await similarOf("buckwheat")).toEqual([]);
    // Of the household that sells the apples of Yanyuan, and newer than all other apples.
    await update("pear").set({ category_code: "apple" }).execute();
    expect(await similarOf("appleYanyuan")).toEqual([shop.id("appleLixian"), shop.id("pear")]);
  });

  test("opens each photo on a page of its own, and leads on to the others", async () => {
    const path = pathOf("potato");
    await attachPhoto(shop.db, shop.id("potato"), 0);
    await attachPhoto(shop.db, shop.id("potato"), 1);
    expect((await shop.get(path)).html).toContain(`href="${path}/photos/2"`);
    const { html, status } = await shop.get(`${path}/photos/1`);
    expect(status).toBe(200);
    expect(html).toContain(`href="${path}/photos/2"`);
    expect(html).toContain(`href="${path}"`);
    // As wide as the photo is, whatever the screen: what does not fit is pushed into view.
    expect(html).toMatch(
      /<section [^>]*tabindex="0"[^>]*>\s*<div style="width:1280px">\s*<picture>/,
    );
    expect(html).not.toContain("100vw");
    for (const odd of ["3", "0", "x", "%00", "1.5"])
      expect((await shop.get(`${path}/photos/${odd}`)).status, odd).toBe(404);
  });

  test("is the same byte for byte while nothing changes, and its form is hers for who has a cart", async () => {
    const keyOf = (html: string) => /name="clientKey" value="([^"]*)"/.exec(html)?.[1];
    const path = pathOf("walnut");
    const [first, second] = [await shop.get(path), await shop.get(path)];
    expect(second.html).toBe(first.html);
    expect(keyOf(first.html)).not.toBe(keyOf((await shop.get(pathOf("honey"))).html));
    const cookie = "lang=zh; visitor=AAAAAAAAAAAAAAAAAAAAAA";
    const [mine, next] = [await shop.get(path, { cookie }), await shop.get(path, { cookie })];
    expect(new Set([first, mine, next].map(({ html }) => keyOf(html))).size).toBe(3);
  });
});
