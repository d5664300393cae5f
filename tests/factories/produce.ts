import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { DB } from "#db/schema.d.ts";
import { type MadeHousehold, makeHousehold } from "./people.ts";

export type MadeListing = { id: string; cooperativeId: string; priceFen: number; lotIds: string[] };

type MadeLot = { household: MadeHousehold; quantity: number; harvestedOn?: string };

async function makeCategory(db: Kysely<DB>): Promise<string> {
  await db
    .insertInto("categories")
    .values({ code: "apple", name_zh: "苹果", name_en: "Apples", icon: "apple" })
    .onConflict((conflict) => conflict.column("code").doNothing())
    .execute();
  return "apple";
}

/** A published listing with one lot of ten boxes, or with the lots that are given (pooled). */
export async function makeListing(
  db: Kysely<DB>,
  overrides: {
    lots?: MadeLot[];
    priceFen?: number;
    unitGrams?: number;
    status?: string;
    titleZh?: string;
    titleEn?: string;
    categoryCode?: string;
  } = {},
): Promise<MadeListing> {
  const lots = overrides.lots ?? [{ household: await makeHousehold(db), quantity: 10 }];
  const first = lots[0]?.household;
  if (!first) throw new Error("a listing needs a lot");
  const listing = {
    id: uuidv7(),
    cooperativeId: first.cooperativeId,
    priceFen: overrides.priceFen ?? 2_990,
    lotIds: lots.map(() => uuidv7()),
  };
  await db
    .insertInto("listings")
    .values({
      id: listing.id,
      cooperative_id: first.cooperativeId,
      created_by_household_id: lots.length === 1 ? first.id : null,
      client_key: uuidv7(),
      category_code: overrides.categoryCode ?? (await makeCategory(db)),
      title_zh: overrides.titleZh ?? "盐源苹果",
      title_en: overrides.titleEn ?? "Yanyuan apples",
      grade: "first",
      unit: "box-5jin",
      unit_grams: overrides.unitGrams ?? 2_500,
      price_fen: listing.priceFen,
      harvested_on: lots[0]?.harvestedOn ?? "2026-11-01",
      village_zh: "树河镇",
      village_en: "Shuhe",
      region_code: first.regionCode,
      is_pooled: lots.length > 1,
      status: overrides.status ?? "published",
      published_at: new Date(),
    })
    .execute();
  await db
    .insertInto("lots")
    .values(
      lots.map((lot, index) => ({
        id: listing.lotIds[index] as string,
        listing_id: listing.id,
        household_id: lot.household.id,
        relief_account_id: lot.household.reliefAccountId,
        harvested_on: lot.harvestedOn ?? "2026-11-01",
        quantity_in: lot.quantity,
        available: lot.quantity,
      })),
    )
    .execute();
  return listing;
}
