import { dayDigits } from "#app/domain/calendar/day-rule.ts";
import { allocate } from "#app/domain/orders/allocate.ts";
import { freightFen } from "#app/domain/orders/freight.ts";
import type { OrderStatus } from "#app/domain/orders/order-states.ts";
import { splitLine } from "#app/domain/orders/split-line.ts";
import type { SeedListing, SeedLot } from "./listings.ts";
import { type SeedCooperative, seedFreight } from "./people.ts";
import type { Random } from "./random.ts";

const HOUR_MS = 3_600_000;

export type SeedAllocation = { id: string; lot: SeedLot; quantity: number; fen: number };
export type SeedLine = {
  id: string;
  listing: SeedListing;
  quantity: number;
  lineFen: number;
  feeFen: number;
  allocations: SeedAllocation[];
};
export type SeedParcel = {
  id: string;
  cooperative: SeedCooperative;
  lines: SeedLine[];
  weightGrams: number;
  freightFen: number;
};
export type SeedOrder = {
  id: string;
  number: string;
  status: OrderStatus;
  /** Where the parcels stand. */
  parcelStatus: "waiting" | "accepted" | "packed" | "shipped" | "delivered" | "cancelled";
  isPaid: boolean;
  buyerUserId: string;
  regionCode: string;
  placedAt: Date;
  parcels: SeedParcel[];
  produceFen: number;
  freightFen: number;
};

// How often an order stands where, and how long ago it was placed.
const mix: readonly [
  status: OrderStatus,
  parcel: SeedOrder["parcelStatus"],
  weight: number,
  hours: readonly [number, number],
][] = [
  ["completed", "delivered", 34, [200, 900]],
  ["delivered", "delivered", 14, [72, 190]],
  ["shipped", "shipped", 14, [26, 100]],
  ["packing", "packed", 5, [4, 30]],
  ["packing", "accepted", 5, [3, 24]],
  ["paid", "waiting", 14, [1, 12]],
  ["pending-payment", "waiting", 1, [0, 0]],
  ["expired", "cancelled", 5, [30, 900]],
  ["cancelled", "cancelled", 3, [30, 900]],
  ["refunded", "cancelled", 3, [40, 900]],
  ["partly-refunded", "delivered", 2, [100, 900]],
  ["disputed", "shipped", 1, [60, 300]],
];

const unpaid = new Set<OrderStatus>(["pending-payment", "expired", "cancelled"]);
/** Districts of cities where buyers live. */
const buyerRegions = [
  "110105",
  "310115",
  "440305",
  "440106",
  "510107",
  "330106",
  "420106",
  "320106",
];

/** What became of the stock that an order took. */
export function stockState(status: OrderStatus): "held" | "sold" | "released" | "returned" {
  if (status === "pending-payment") return "held";
  if (status === "refunded") return "returned";
  return unpaid.has(status) ? "released" : "sold";
}

function pickState(random: Random) {
  const total = mix.reduce((sum, [, , weight]) => sum + weight, 0);
  let left = random.next() * total;
  for (const state of mix) {
    left -= state[2];
    if (left < 0) return state;
  }
  return mix[0] as (typeof mix)[number];
}

function takeLine(
  random: Random,
  listing: SeedListing,
  at: Date,
  status: OrderStatus,
): SeedLine | null {
  const quantity = random.between(1, 3);
  const turn = allocate(listing.lots, quantity);
  if (!turn.ok) return null;
  const lineFen = listing.priceFen * quantity;
  const { feeFen, shareFen } = splitLine({
    lineFen,
    feeBasisPoints: listing.cooperative.feeBasisPoints,
    quantities: turn.shares.map((share) => share.quantity),
  });
  const stock = stockState(status);
  const allocations = turn.shares.map(({ lot, quantity: taken }, index) => {
    if (stock === "held" || stock === "sold") {
      lot.available -= taken;
      lot[stock] += taken;
    }
    return { id: random.uuid(at), lot, quantity: taken, fen: shareFen[index] ?? 0 };
  });
  return { id: random.uuid(at), listing, quantity, lineFen, feeFen, allocations };
}

function parcelsOf(random: Random, lines: SeedLine[], regionCode: string, at: Date): SeedParcel[] {
  const byCooperative = Map.groupBy(lines, (line) => line.listing.cooperative);
  return [...byCooperative].map(([cooperative, own]) => {
    const weightGrams = own.reduce(
      (sum, line) => sum + line.quantity * line.listing.product.unitGrams,
      0,
    );
    const produceFen = own.reduce((sum, line) => sum + line.lineFen, 0);
    const terms = { ...seedFreight, regionCode: cooperative.county.region };
    const freight = freightFen(terms, { weightGrams, produceFen }, regionCode) ?? 0;
    return { id: random.uuid(at), cooperative, lines: own, weightGrams, freightFen: freight };
  });
}

/** Draws one order from the listings' stock; null when what was picked is sold out. */
export function planOrder(
  random: Random,
  listings: readonly SeedListing[],
  serial: number,
  now: Date,
): SeedOrder | null {
  const [status, parcelStatus, , [from, to]] = pickState(random);
  const placedAt = new Date(
    now.getTime() - random.between(from, to) * HOUR_MS - random.between(0, HOUR_MS / 6),
  );
  const lines = random
    .sample(listings, random.between(1, 3))
    .map((listing) => takeLine(random, listing, placedAt, status))
    .filter((line) => line !== null);
  if (lines.length === 0) return null;
  const regionCode = random.pick(buyerRegions);
  const parcels = parcelsOf(random, lines, regionCode, placedAt);
  return {
    id: random.uuid(placedAt),
    number: `TJ${dayDigits(placedAt)}${String(serial).padStart(6, "0")}`,
    status,
    parcelStatus,
    isPaid: !unpaid.has(status),
    // Every tenth order is the demo buyer's.
    buyerUserId: serial % 10 === 0 ? "demo-0002" : `seed-buyer-${serial % 40}`,
    regionCode,
    placedAt,
    parcels,
    produceFen: lines.reduce((sum, line) => sum + line.lineFen, 0),
    freightFen: parcels.reduce((sum, parcel) => sum + parcel.freightFen, 0),
  };
}
