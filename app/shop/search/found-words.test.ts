import { afterAll, beforeAll, expect, test } from "vitest";
import { openShopFront } from "#tests/factories/shop-front.ts";

let shop: Awaited<ReturnType<typeof openShopFront>>;
beforeAll(async () => {
  shop = await openShopFront();
});
afterAll(() => shop?.close());

const headings = async (text: string) => {
  const { html } = await shop.get(`/search?${new URLSearchParams({ q: text })}`);
  return html.replaceAll("<!-- -->", "");
};

test("what is called as was asked for is found", async () => {
  expect(await headings("苹果")).toContain("“苹果”找到 3 件");
});

test("what only sounds so is offered as a guess, not as found", async () => {
  const html = await headings("平果");
  expect(html).toContain("没有叫“平果”的，您要找的也许是这些（3 件）");
  expect(html).not.toContain("“平果”找到");
});

test("what has only a part of it stands beneath the word that nothing was found", async () => {
  const html = await headings("威宁 樱桃");
  expect(html).toContain("没有找到“威宁 樱桃”");
  expect(html).toContain("下面这些符合一部分");
  expect(html).not.toContain("樱桃”找到");
});

test("a question that is longer than what is looked for is told so, and none other", async () => {
  const told = "写得太长了，只按前 200 个字找。";
  const html = await headings(`苹果 ${"长".repeat(200)}`);
  expect(html).toContain(told);
  expect(await headings(`苹果${"长".repeat(198)} `)).not.toContain(told);
});
