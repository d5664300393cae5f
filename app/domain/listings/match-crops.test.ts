import { afterAll, beforeAll, expect, test } from "vitest";
import { loadReferenceData } from "#db/seed/reference.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { matchCrops } from "./match-crops.ts";
import { type CropGroup, readCrops } from "./read-crops.ts";

let database: TestDatabase;
let groups: CropGroup[];
beforeAll(async () => {
  database = await createTestDatabase();
  await loadReferenceData(database.db);
  groups = await readCrops(database.db, "zh");
});
afterAll(() => database.drop());

const first = (typed: string) => matchCrops(groups, typed)[0]?.code;
const all = (typed: string) => matchCrops(groups, typed).map(({ code }) => code);

test.each([
  ["土豆", "potato"],
  ["洋芋", "potato"],
  ["马铃薯", "potato"],
  ["山药蛋", "potato"],
  ["地瓜", "sweet-potato"],
  ["红苕", "sweet-potato"],
  ["苞谷", "sweetcorn"],
  ["花牛", "apple"],
  ["盐源糖心苹果", "apple"],
  ["蜂糖", "honey"],
  ["tudou", "potato"],
  ["TU DOU", "potato"],
  ["tǔdòu", "potato"],
  ["yangyu", "potato"],
  ["mls", "potato"],
  ["chonglou", "paris-root"],
  ["lvdou", "mung-bean"],
  ["lǜdòu", "mung-bean"],
  ["sweet potato", "sweet-potato"],
  ["pomel", "pomelo"],
  ["ｐｅａｒ", "pear"],
  ["柑子", "mandarin"],
  ["沙糖桔", "mandarin"],
  ["哈密瓜", "melon"],
  ["甘蔗", "sugarcane"],
  ["油菜籽", "rapeseed"],
  ["皮蛋", "century-egg"],
  ["豆腐", "tofu"],
  ["慈姑", "arrowhead"],
  ["儿菜", "baby-mustard"],
  ["ercai", "baby-mustard"],
  ["其他水果", "other-fruit"],
])("%s means %s", (typed, code) => {
  expect(first(typed)).toBe(code);
});

test("what is called so itself comes before what is only also called so", () => {
  expect(all("td")).toContain("potato");
  expect(first("萝卜")).toBe("radish");
  expect(all("萝卜")).toContain("carrot");
  expect(first("豆")).not.toBe("potato");
});

test("a name that is just that brings nothing that is only also called something longer", () => {
  expect(all("鸡蛋")).toEqual(["egg"]);
  expect(all("儿菜")).toEqual(["baby-mustard"]);
  expect(all("鸡蛋果")[0]).toBe("passion-fruit");
});

test("a character finds every crop that has it, but no more than twelve", () => {
  expect(all("豆")).toHaveLength(12);
  expect(all("椒")).toContain("sichuan-pepper");
});

test.each(["", "  ", "。？", "挖掘机", "bulldozer", "🍎", "%_%", "x".repeat(10_000)])(
  "%j finds nothing",
  (typed) => {
    expect(matchCrops(groups, typed)).toEqual([]);
  },
);
