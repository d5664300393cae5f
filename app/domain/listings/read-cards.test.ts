import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeSearchMarket } from "#tests/factories/search.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { readCards, readCountyCards, readNewestCards } from "./read-cards.ts";
import { readSellingCounties, readShelves } from "./read-shelves.ts";

let database: TestDatabase;
let ids: Record<string, string>;
const keyOf = ({ id }: { id: string }) => Object.keys(ids).find((key) => ids[key] === id);

beforeAll(async () => {
  database = await createTestDatabase();
  ids = await makeSearchMarket(database.db);
});
afterAll(() => database?.drop());

describe("the cards of the market's front", () => {
  test("stand in the order they are asked for; what is not for sale is left out", async () => {
    const asked = ["pear", "applePaused", "walnut", "honey"].map((key) => ids[key] as string);
    const cards = await readCards(database.db, "zh", asked);
    expect(cards.map(keyOf)).toEqual(["pear", "walnut", "honey"]);
    expect(cards.map((card) => card.inStock)).toEqual([true, true, false]);
    expect(await readCards(database.db, "zh", [])).toEqual([]);
  });

  test("name nothing of a household but its alias and village", async () => {
    const cards = JSON.stringify(await readNewestCards(database.db, "zh", 24));
    const households = await database.db.selectFrom("households").selectAll().execute();
    for (const { head_name, register_code } of households) {
      expect(cards).not.toContain(head_name);
      expect(cards).not.toContain(register_code);
    }
  });

  test("show the newest first, without what is sold out or paused", async () => {
    const cards = await readNewestCards(database.db, "en", 3);
    expect(cards.map(keyOf)).toEqual(["buckwheat", "pear", "walnut"]);
    expect(cards[0]).toMatchObject({
      title: "Tartary buckwheat",
      county: "Weining",
      village: "Caohai",
    });
  });

  test("come county by county, each with no more than was asked for", async () => {
    const cards = await readCountyCards(database.db, "zh", { counties: 2, each: 2 });
    expect(cards).toHaveLength(4);
    expect(new Set(cards.map((card) => card.regionCode)).size).toBe(2);
    expect(cards[0]?.regionCode).toBe(cards[1]?.regionCode);
  });

  test("show a ready photo before one that is being prepared, and never a refused one", async () => {
    const { db } = database;
    const photos = [
      { id: "01a00000-0000-7000-8000-000000000001", state: "refused" },
      { id: "01a00000-0000-7000-8000-000000000002", state: "waiting" },
      { id: "01a00000-0000-7000-8000-000000000003", state: "ready" },
    ];
    for (const [position, { id, state }] of photos.entries()) {
      const made = state === "ready" ? { width: 4, height: 3, placeholder: "data:," } : {};
      const content_hash = String(position).repeat(32);
      await db
        .insertInto("photos")
        .values({ id, state, content_hash, uploaded_by: "test", ...made })
        .execute();
      await db
        .insertInto("listing_photos")
        .values({ listing_id: ids.pear as string, photo_id: id, position })
        .execute();
    }
    const stateOf = async () =>
      (await readCards(db, "zh", [ids.pear as string]))[0]?.photo?.state ?? null;
    expect(await stateOf()).toBe("ready");
    await db.deleteFrom("listing_photos").where("position", "=", 2).execute();
    expect(await stateOf()).toBe("waiting");
    await db.deleteFrom("listing_photos").where("position", "=", 1).execute();
    expect(await stateOf()).toBeNull();
  });
});

describe("the shelves of the market", () => {
  test("hold the crops that are in stock, counted, under their groups", async () => {
    const shelves = await readShelves(database.db, "zh");
    expect(shelves.map(({ name, listings }) => [name, listings])).toEqual([
      ["水果", 3],
      ["根茎", 3],
      ["粮豆", 1],
      ["坚果", 1],
      ["茶叶香料", 1],
    ]);
    expect(shelves[0]?.crops.map((crop) => crop.code)).toEqual(["apple", "pear"]);
  });

  test("say which counties sell", async () => {
    expect(await readSellingCounties(database.db, "en")).toEqual([
      { code: "513423", name: "Yanyuan", provinceCode: "510000", province: "Sichuan", listings: 3 },
      { code: "520526", name: "Weining", provinceCode: "520000", province: "Guizhou", listings: 3 },
      { code: "621226", name: "Lixian", provinceCode: "620000", province: "Gansu", listings: 3 },
    ]);
  });
});
