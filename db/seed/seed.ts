import { type Kysely, sql } from "kysely";
import { sealLedger } from "#app/domain/ledger/seal-ledger.ts";
import { tendReserves } from "#app/domain/reserves/tend-reserve.ts";
import type { PhotoStore } from "#app/gateways/photo-store.ts";
import type { DB } from "#db/schema.d.ts";
import { insertCertificates } from "./certificates.ts";
import { insertListings, makeListings, type SeedListing } from "./listings.ts";
import { postOrders } from "./order-ledger.ts";
import { planOrder, type SeedOrder } from "./order-plans.ts";
import { insertOrders } from "./orders.ts";
import { seedPayouts } from "./payouts.ts";
import { seedPeople } from "./people.ts";
import { seedPhotos } from "./photos.ts";
import { Random } from "./random.ts";
import { loadReferenceData } from "./reference.ts";
import { insertReviews } from "./reviews.ts";

const SEED = 20_261_122;
const ORDERS = 400;
const MAX_TRIES_AN_ORDER = 20;
const DAY_MS = 86_400_000;

export type SeedOptions = {
  /** 1 makes about 120 households, 150 listings and 400 orders; 10 makes ten times as many. */
  scale?: number;
  /** Where drawn photos are kept; without it listings have none. */
  photos?: PhotoStore | null;
  /** One line about what is being made. */
  onProgress?: (line: string) => void;
  /** The moment the market is made at; everything in it happened before. */
  now?: Date;
};

/**
 * Fills an empty market with made-up people, produce and orders whose books balance. The same
 * scale and moment make the same market, to the ids of all but photos and postings. All or nothing: a seed cut short leaves the
 * database empty.
 */
export async function seed(db: Kysely<DB>, options: SeedOptions = {}): Promise<void> {
  const { photos = null, onProgress = () => {}, now = new Date() } = options;
  const scale = Math.max(1, Math.round(options.scale ?? 1));
  const random = new Random(SEED);
  await loadReferenceData(db);
  const photoIds = photos ? await seedPhotos(db, photos, onProgress) : new Map<string, string[]>();
  await db.transaction().execute(async (trx) => {
    onProgress("Inventing households and cooperatives 正在生成农户与合作社");
    const at = new Date(now.getTime() - 60 * DAY_MS);
    const cooperatives = await seedPeople(trx, random, { scale, at });
    const listings = makeListings(random, cooperatives, scale, now);
    onProgress("Inventing orders 正在生成订单");
    const orders = planOrders(random, listings, ORDERS * scale, now);
    leaveFew(listings);
    await insertListings(trx, listings, photoIds);
    await insertOrders(trx, random, orders);
    onProgress("Posting the ledger 正在记账");
    const paidOutAt = new Date(now.getTime() - 10 * DAY_MS);
    await postOrders(
      trx,
      orders.filter((order) => order.placedAt < paidOutAt),
    );
    await seedPayouts(trx, random, cooperatives, paidOutAt);
    await postOrders(
      trx,
      orders.filter((order) => order.placedAt >= paidOutAt),
    );
    onProgress("Inventing reviews 正在生成评价");
    // With numbers of their own: what was drawn before stays as it was.
    await insertReviews(trx, new Random(SEED + 1), orders, { photoIds, now });
    onProgress("Inventing certificates 正在生成认证");
    await insertCertificates(trx, new Random(SEED + 2), listings, now);
    await sql`select setval('order_numbers', ${ORDERS * scale + 1})`.execute(trx);
  });
  onProgress("Sealing the ledger 正在封账");
  // As the worker does it: cooperatives count their reserves by what is sealed.
  await sealLedger(db);
  await tendReserves(db, { now });
}

const LISTINGS_A_ROUND = 25;
const NEARLY_SOLD = 18;

/** Of a cooperative's 25 listings one is nearly sold out, so that the front has some to show. */
function leaveFew(listings: readonly SeedListing[]): void {
  for (const [index, { lots }] of listings.entries()) {
    const [lot] = lots;
    if (index % LISTINGS_A_ROUND !== NEARLY_SOLD || lots.length > 1 || !lot) continue;
    lot.available = Math.min(lot.available, 2 + (Math.floor(index / LISTINGS_A_ROUND) % 8));
  }
}

function planOrders(
  random: Random,
  listings: Parameters<typeof planOrder>[1],
  count: number,
  now: Date,
): SeedOrder[] {
  const orders: SeedOrder[] = [];
  for (let tries = 0; orders.length < count && tries < count * MAX_TRIES_AN_ORDER; tries += 1) {
    const order = planOrder(random, listings, orders.length + 1, now);
    if (order) orders.push(order);
  }
  return orders.sort((a, b) => a.placedAt.getTime() - b.placedAt.getTime());
}
