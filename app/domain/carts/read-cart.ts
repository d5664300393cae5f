import { type Kysely, sql } from "kysely";
import { photosOf } from "#app/domain/listings/listing-photos.ts";
import type { PhotoView } from "#app/domain/photos/read-photos.ts";
import type { BuyerScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { windowOf } from "../cycles/window.ts";
import { isShut, type SaleWindow, shippingDay } from "../cycles/window-rule.ts";
import { isOwnedBy } from "../owned-by.ts";

export type CartProblem =
  | "unavailable"
  /** It will be sold again: it may stay while the rest is ordered. */
  | "paused"
  /** The same: it is sold in cycles, and none is open. */
  | "shut"
  | "sold-out"
  | "insufficient-stock"
  | "over-limit"
  | "price-changed";

export type CartLine = {
  listingId: string;
  titleZh: string;
  titleEn: string;
  villageZh: string;
  villageEn: string;
  unit: "box-5jin" | "kg" | "bag" | "head";
  unitGrams: number;
  /** The day from which a pre-sale, or what is sold in a cycle, is sent. */
  shipsFrom: string | null;
  quantity: number;
  available: number;
  /** How much one order may take; null where its seller sets no bound. */
  limit: number | null;
  /** What she can have of it: the smaller of the two. */
  most: number;
  priceFen: number;
  /** The price when it was put into the cart; differs from `priceFen` after "price-changed". */
  seenPriceFen: number;
  photo: PhotoView | null;
  problems: CartProblem[];
  /** Of what is sold in cycles alone, when. */
  window: SaleWindow | null;
  /** The province of her last address, where the cooperative does not send to it; null elsewhere. */
  notServedTo: { nameZh: string; nameEn: string } | null;
};

export type CartGroup = {
  cooperative: { id: string; nameZh: string; nameEn: string };
  lines: CartLine[];
};

/**
 * The buyer's cart by cooperative, in the order things were put in. `produceFen` sums what can be
 * bought as it stands, at the price of now. A line with problems cannot be ordered until it is
 * mended; one that is only not sent to where she had the last sent (`notServedTo`) may go elsewhere,
 * and is left in the cart otherwise. `canCheckOut` says that there is something to order and nothing to mend.
 */
export async function readCart(
  db: Kysely<DB>,
  buyer: BuyerScope,
  now: Date = new Date(),
): Promise<{ groups: CartGroup[]; produceFen: number; count: number; canCheckOut: boolean }> {
  const rows = await db
    .selectFrom("carts")
    .innerJoin("cart_items", "cart_items.cart_id", "carts.id")
    .innerJoin("listings", "listings.id", "cart_items.listing_id")
    .innerJoin("cooperatives", "cooperatives.id", "listings.cooperative_id")
    .select([
      "listings.id as listingId",
      "listings.title_zh as titleZh",
      "listings.title_en as titleEn",
      "listings.village_zh as villageZh",
      "listings.village_en as villageEn",
      sql<CartLine["unit"]>`listings.unit`.as("unit"),
      "listings.unit_grams as unitGrams",
      "listings.ships_from as shipsFrom",
      "listings.price_fen as priceFen",
      "listings.most_per_order as limit",
      "listings.status",
      windowOf("listings", now).as("window"),
      "cart_items.quantity",
      "cart_items.seen_price_fen as seenPriceFen",
      "cooperatives.id as cooperativeId",
      "cooperatives.name_zh as cooperativeZh",
      "cooperatives.name_en as cooperativeEn",
      sql<number>`(select coalesce(sum(l.available), 0)::int from lots l where l.listing_id = listings.id)`.as(
        "available",
      ),
      photosOf(sql.ref("listings.id"), 1).as("photos"),
      sql<CartLine["notServedTo"]>`(
        select jsonb_build_object('nameZh', p.name_zh, 'nameEn', p.name_en)
        from (select region_code from addresses where ${isOwnedBy("addresses", buyer)}
          order by updated_at desc limit 1) a
        join regions p on p.code = left(a.region_code, 2) || '0000'
        where left(a.region_code, 2) = any(cooperatives.freight_unserved_provinces))`.as(
        "notServedTo",
      ),
    ])
    .where(isOwnedBy("carts", buyer))
    .orderBy("cart_items.created_at")
    .orderBy("listings.id")
    .execute();

  const groups = new Map<string, CartGroup>();
  for (const { cooperativeId, cooperativeZh, cooperativeEn, status, photos, ...line } of rows) {
    const group = groups.get(cooperativeId) ?? {
      cooperative: { id: cooperativeId, nameZh: cooperativeZh, nameEn: cooperativeEn },
      lines: [],
    };
    const most = Math.min(line.available, line.limit ?? line.available);
    const problems = problemsOf({ ...line, most }, status, isShut(line.window));
    const shipsFrom = shippingDay(line.window, line.shipsFrom);
    group.lines.push({ ...line, most, shipsFrom, photo: photos[0] ?? null, problems });
    groups.set(cooperativeId, group);
  }
  const lines = [...groups.values()].flatMap((group) => group.lines);
  return {
    groups: [...groups.values()],
    produceFen: lines.reduce((sum, line) => sum + orderableFen(line), 0),
    count: lines.length,
    canCheckOut:
      lines.some(isOnSale) &&
      lines.every(({ problems }) => problems.every((problem) => canWait(problem))),
  };
}

type Counted = Pick<CartLine, "quantity" | "available" | "most" | "priceFen" | "seenPriceFen">;

const canWait = (problem: CartProblem) => problem === "paused" || problem === "shut";

/** What stands between a line and an order, the gravest first. */
export function problemsOf(line: Counted, status: string, isOutside = false): CartProblem[] {
  if (status === "paused") return ["paused"];
  if (status !== "published") return ["unavailable"];
  if (isOutside) return ["shut"];
  if (line.available === 0) return ["sold-out"];
  const problems: CartProblem[] = [];
  if (line.quantity > line.available) problems.push("insufficient-stock");
  else if (line.quantity > line.most) problems.push("over-limit");
  if (line.priceFen !== line.seenPriceFen) problems.push("price-changed");
  return problems;
}

const isOnSale = ({ problems }: Pick<CartLine, "problems">) =>
  !problems.includes("unavailable") && !problems.some(canWait);

function orderableFen(line: CartLine): number {
  if (!isOnSale(line)) return 0;
  return Math.min(line.quantity, line.most) * line.priceFen;
}
