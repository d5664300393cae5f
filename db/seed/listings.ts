import type { Kysely } from "kysely";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import type { DB } from "#db/schema.d.ts";
import type { SeedProduct } from "./county.ts";
import { insertRows } from "./insert-rows.ts";
import type { SeedCooperative, SeedHousehold } from "./people.ts";
import type { Random } from "./random.ts";

const LISTINGS_A_COOPERATIVE = 25;
const DAY_MS = 86_400_000;
const GRAMS_PER_JIN = 500;

export type SeedLot = {
  id: string;
  household: SeedHousehold;
  harvestedOn: string;
  available: number;
  held: number;
  sold: number;
};

export type SeedListing = {
  id: string;
  cooperative: SeedCooperative;
  product: SeedProduct;
  titleZh: string;
  titleEn: string;
  grade: string;
  priceFen: number;
  lots: SeedLot[];
  publishedAt: Date;
  status: "published" | "paused" | "withdrawn";
};

const gradeWords = {
  premium: ["特级", "premium"],
  first: ["一级", "grade one"],
  second: ["实惠装", "value pack"],
  ungraded: ["农家统货", "farm run"],
} as const;

/** All the townships its lots come from: a pooled listing is of none of them alone. */
function villagesOf({ lots }: SeedListing): { zh: string; en: string } {
  const townships = new Map(lots.map(({ household }) => household.township));
  return { zh: [...townships.keys()].join("、"), en: [...townships.values()].join(", ") };
}

function wordsAbout(listing: SeedListing): { zh: string; en: string } {
  const { zh: villageZh, en: villageEn } = villagesOf(listing);
  const count = listing.lots.length;
  if (count > 1) {
    return {
      zh: `${count} 户农户合卖，分别种在${villageZh}。每一份都记着是哪一户的，下单后由合作社称重、打包、发货。收到后如有坏果，请在 48 小时内拍照联系我们。`,
      en: `Sold together by ${count} families around ${villageEn}. Every unit is known by the family that grew it; the cooperative weighs, packs and ships after you order.`,
    };
  }
  return {
    zh: `产自${villageZh}，农户自种，下单后由合作社称重、打包、发货。收到后如有坏果，请在 48 小时内拍照联系我们。`,
    en: `Grown around ${villageEn} by the family that sells it. The cooperative weighs, packs and ships after you order.`,
  };
}

function makeListing(
  random: Random,
  cooperative: SeedCooperative,
  index: number,
  now: Date,
): SeedListing {
  const { products } = cooperative.county;
  const product = products[index % products.length] as SeedProduct;
  const grade = random.pick(Object.keys(gradeWords) as (keyof typeof gradeWords)[]);
  const [low, high] = product.fenPerJin;
  const perJin = random.between(low, high);
  // Prices end in .80 or .90, as on any market stall, and are never below ten fen.
  const priceFen = Math.max(
    10,
    Math.round((perJin * product.unitGrams) / GRAMS_PER_JIN / 100) * 100 - random.pick([10, 20]),
  );
  const publishedAt = new Date(now.getTime() - random.between(1, 40 * 24) * 3_600_000);
  const harvested = shanghaiDay(new Date(publishedAt.getTime() - random.between(0, 5) * DAY_MS));
  // The first listings belong to the first household: the demo farmer finds some of her own.
  const isPooled = index >= 4 && random.next() < 0.25;
  const owners = isPooled
    ? random.sample(cooperative.households, random.between(3, 6))
    : [
        index < 4
          ? (cooperative.households[0] as SeedHousehold)
          : random.pick(cooperative.households),
      ];
  const lots = owners.map((household) => ({
    id: random.uuid(publishedAt),
    household,
    harvestedOn: harvested,
    available: random.between(isPooled ? 20 : 30, 90),
    held: 0,
    sold: 0,
  }));
  const [zh, en] = gradeWords[grade];
  return {
    id: random.uuid(publishedAt),
    cooperative,
    product,
    grade,
    priceFen,
    lots,
    publishedAt,
    titleZh: `${product.zh} ${zh}`,
    titleEn: `${product.en}, ${en}`,
    status: random.next() < 0.94 ? "published" : random.pick(["paused", "withdrawn"] as const),
  };
}

/** Listings of what each county is known for; some are pooled from several households' lots. */
export function makeListings(
  random: Random,
  cooperatives: SeedCooperative[],
  scale: number,
  now: Date,
): SeedListing[] {
  return cooperatives.flatMap((cooperative) =>
    Array.from({ length: LISTINGS_A_COOPERATIVE * scale }, (_, index) =>
      makeListing(random, cooperative, index, now),
    ),
  );
}

/** Writes listings and lots as they stand after the orders were drawn from them. */
export async function insertListings(
  db: Kysely<DB>,
  listings: readonly SeedListing[],
  photoIds: ReadonlyMap<string, readonly string[]>,
): Promise<void> {
  await insertRows(
    db,
    "listings",
    listings.map((listing) => {
      const text = wordsAbout(listing);
      const village = villagesOf(listing);
      return {
        id: listing.id,
        cooperative_id: listing.cooperative.id,
        created_by_household_id: listing.lots.length === 1 ? listing.lots[0]?.household.id : null,
        client_key: `seed-${listing.id}`,
        category_code: listing.product.category,
        title_zh: listing.titleZh,
        title_en: listing.titleEn,
        description_zh: text.zh,
        description_en: text.en,
        grade: listing.grade,
        unit: listing.product.unit,
        unit_grams: listing.product.unitGrams,
        price_fen: listing.priceFen,
        harvested_on: listing.lots[0]?.harvestedOn,
        village_zh: village.zh,
        village_en: village.en,
        region_code: listing.cooperative.county.region,
        is_pooled: listing.lots.length > 1,
        status: listing.status,
        published_at: listing.publishedAt,
        created_at: listing.publishedAt,
      };
    }),
  );
  await insertRows(
    db,
    "lots",
    listings.flatMap((listing) =>
      listing.lots.map((lot) => ({
        id: lot.id,
        listing_id: listing.id,
        household_id: lot.household.id,
        relief_account_id: lot.household.reliefAccountId,
        harvested_on: lot.harvestedOn,
        quantity_in: lot.available + lot.held + lot.sold,
        available: lot.available,
        held: lot.held,
        sold: lot.sold,
      })),
    ),
  );
  await insertRows(
    db,
    "listing_photos",
    listings.flatMap((listing, index) => {
      const ids = photoIds.get(listing.product.icon) ?? [];
      // Neighbours on a page should not show the same picture first.
      const turned = index % 2 === 0 ? ids : ids.toReversed();
      return turned.map((photo_id, position) => ({ listing_id: listing.id, photo_id, position }));
    }),
  );
}
