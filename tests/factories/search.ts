import type { Kysely } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { loadReferenceData } from "#db/seed/reference.ts";
import { makeCooperative, makeHousehold } from "./people.ts";
import { makeListing } from "./produce.ts";

type Place = { region: string; coop: [zh: string, en: string]; village: [zh: string, en: string] };

const places = {
  yanyuan: {
    region: "513423",
    coop: ["泸沽湖果蔬合作社", "Lugu Lake Growers"],
    village: ["树河镇", "Shuhe"],
  },
  weining: {
    region: "520526",
    coop: ["乌蒙山农产合作社", "Wumeng Harvest"],
    village: ["草海镇", "Caohai"],
  },
  lixian: {
    region: "621226",
    coop: ["秦源苹果合作社", "Qinyuan Apple Growers"],
    village: ["永兴镇", "Yongxing"],
  },
  // One letter from the county of Yanyuan, in a county of another province.
  yanguan: {
    region: "621226",
    coop: ["古道药材合作社", "Old Road Herbs"],
    village: ["盐官镇", "Yanguan"],
  },
} satisfies Record<string, Place>;

type Offer = {
  key: string;
  place: keyof typeof places;
  category: string;
  title: [zh: string, en: string];
  alias: [zh: string, en: string];
  grade: string;
  unit: [code: string, grams: number];
  priceFen: number;
  isSoldOut?: boolean;
  status?: string;
};

const box: [string, number] = ["box-5jin", 2_500];
const kg: [string, number] = ["kg", 1_000];
const bag: [string, number] = ["bag", 5_000];

// Oldest first: the last one is the newest.
const offers: Offer[] = [
  {
    key: "appleYanyuan",
    place: "yanyuan",
    category: "apple",
    title: ["盐源糖心苹果", "Sweet-heart apples"],
    alias: ["吉克家 · 树河镇 · 3F7K", "Jike · Shuhe · 3F7K"],
    grade: "premium",
    unit: box,
    priceFen: 3_990,
  },
  {
    key: "appleLixian",
    place: "lixian",
    category: "apple",
    title: ["礼县花牛苹果", "Huaniu red apples"],
    alias: ["赵家 · 永兴镇 · 8K2M", "Zhao · Yongxing · 8K2M"],
    grade: "first",
    unit: kg,
    priceFen: 1_200,
  },
  {
    key: "garlic",
    place: "yanguan",
    category: "garlic",
    title: ["紫皮大蒜", "Purple-skin garlic"],
    alias: ["秦家 · 盐官镇 · 6N3P", "Qin · Yanguan · 6N3P"],
    grade: "first",
    unit: kg,
    priceFen: 700,
  },
  {
    key: "potato",
    place: "weining",
    category: "potato",
    title: ["高原黄心土豆", "Highland potatoes"],
    alias: ["马家 · 草海镇 · 5T9W", "Ma · Caohai · 5T9W"],
    grade: "first",
    unit: bag,
    priceFen: 2_500,
  },
  {
    key: "sweetPotato",
    place: "weining",
    category: "sweet-potato",
    title: ["沙地蜜薯", "Sandy-soil sweet potatoes"],
    alias: ["马家 · 草海镇 · 5T9W", "Ma · Caohai · 5T9W"],
    grade: "second",
    unit: bag,
    priceFen: 2_000,
  },
  {
    key: "sichuanPepper",
    place: "yanyuan",
    category: "sichuan-pepper",
    title: ["青花椒", "Green Sichuan pepper"],
    alias: ["阿的家 · 树河镇 · 7Q4C", "Ade · Shuhe · 7Q4C"],
    grade: "premium",
    unit: kg,
    priceFen: 9_800,
  },
  {
    key: "walnut",
    place: "lixian",
    category: "walnut",
    title: ["薄皮核桃", "Thin-shelled walnuts"],
    alias: ["赵家 · 永兴镇 · 8K2M", "Zhao · Yongxing · 8K2M"],
    grade: "ungraded",
    unit: kg,
    priceFen: 3_200,
  },
  {
    key: "pear",
    place: "yanyuan",
    category: "pear",
    title: ["雪花梨", "Snowflake pears"],
    alias: ["吉克家 · 树河镇 · 3F7K", "Jike · Shuhe · 3F7K"],
    grade: "second",
    unit: kg,
    priceFen: 800,
  },
  {
    key: "buckwheat",
    place: "weining",
    category: "buckwheat",
    title: ["苦荞米", "Tartary buckwheat"],
    alias: ["龙家 · 草海镇 · 2H6D", "Long · Caohai · 2H6D"],
    grade: "first",
    unit: bag,
    priceFen: 6_800,
  },
  {
    key: "honey",
    place: "weining",
    category: "honey",
    title: ["高山百花蜜", "Mountain flower honey"],
    alias: ["龙家 · 草海镇 · 2H6D", "Long · Caohai · 2H6D"],
    grade: "premium",
    unit: kg,
    priceFen: 8_800,
    isSoldOut: true,
  },
  {
    key: "appleSoldOut",
    place: "yanyuan",
    category: "apple",
    title: ["苹果礼盒", "Apple gift box"],
    alias: ["阿的家 · 树河镇 · 7Q4C", "Ade · Shuhe · 7Q4C"],
    grade: "premium",
    unit: box,
    priceFen: 990,
    isSoldOut: true,
  },
  {
    key: "applePaused",
    place: "yanyuan",
    category: "apple",
    title: ["盐源丑苹果", "Ugly apples"],
    alias: ["吉克家 · 树河镇 · 3F7K", "Jike · Shuhe · 3F7K"],
    grade: "second",
    unit: box,
    priceFen: 1_990,
    status: "paused",
  },
];

/** A small market of three counties; listing ids by a name that the tests speak of. */
export async function makeSearchMarket(db: Kysely<DB>): Promise<Record<string, string>> {
  await loadReferenceData(db);
  const ids: Record<string, string> = {};
  const households = new Map<string, Awaited<ReturnType<typeof makeHousehold>>>();
  const cooperatives = new Map<string, Awaited<ReturnType<typeof makeCooperative>>>();
  for (const [minute, offer] of offers.entries()) {
    const place = places[offer.place];
    let cooperative = cooperatives.get(offer.place);
    if (!cooperative) {
      cooperative = await makeCooperative(db, { regionCode: place.region });
      cooperatives.set(offer.place, cooperative);
      const [name_zh, name_en] = place.coop;
      await db
        .updateTable("cooperatives")
        .set({ name_zh, name_en })
        .where("id", "=", cooperative.id)
        .execute();
    }
    let household = households.get(offer.alias[0]);
    if (!household) {
      household = await makeHousehold(db, { cooperative });
      households.set(offer.alias[0], household);
      const [alias_zh, alias_en] = offer.alias;
      await db
        .updateTable("households")
        .set({ alias_zh, alias_en })
        .where("id", "=", household.id)
        .execute();
    }
    const listing = await makeListing(db, {
      lots: [{ household, quantity: 10 }],
      priceFen: offer.priceFen,
      unitGrams: offer.unit[1],
      status: offer.status ?? "published",
      titleZh: offer.title[0],
      titleEn: offer.title[1],
      categoryCode: offer.category,
    });
    ids[offer.key] = listing.id;
    await db
      .updateTable("listings")
      .set({
        grade: offer.grade,
        unit: offer.unit[0],
        village_zh: place.village[0],
        village_en: place.village[1],
        published_at: new Date(Date.UTC(2026, 10, 1, 0, minute)),
      })
      .where("id", "=", listing.id)
      .execute();
    if (offer.isSoldOut) {
      await db
        .updateTable("lots")
        .set({ available: 0, sold: 10 })
        .where("listing_id", "=", listing.id)
        .execute();
    }
  }
  return ids;
}
