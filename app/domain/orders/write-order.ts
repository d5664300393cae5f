import { type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { DB } from "#db/schema.d.ts";
import { dayDigits } from "../calendar/day-rule.ts";
import { addIndexing } from "../queue/queue-job.ts";
import type { BuyerScope } from "../scopes.ts";
import type { OrderPlan } from "./plan-order.ts";
import type { BasketLot } from "./read-basket.ts";
import type { Said } from "./said-rule.ts";

export type OrderToWrite = {
  buyer: BuyerScope;
  cartId: string;
  key: string;
  locale: "zh" | "en";
  address: Record<string, string>;
  said: Said;
  plan: OrderPlan & { totalFen: number; freightFen: number };
  now: Date;
  expiresAt: Date;
  /** Others overtook a plan: the lots are chosen and the fen split anew, behind the locks. */
  isOvertaken: boolean;
};

/** What is free of each listing, as far as a line may need it. */
export type FreshLots = ReadonlyMap<string, readonly BasketLot[]>;

/** The rows of one order as one JSON value, so that the statement has one parameter for them. */
function rowsOf(order: OrderToWrite) {
  const orderId = uuidv7();
  const parcels = order.plan.parcels.map((parcel) => ({
    id: uuidv7(),
    cooperative_id: parcel.cooperative.id,
    freight_fen: parcel.freightFen,
    weight_grams: parcel.weightGrams,
    lines: parcel.lines.map((line) => ({ id: uuidv7(), ...line })),
  }));
  const lines = parcels.flatMap((parcel) =>
    parcel.lines.map((line) => ({
      id: line.id,
      parcel_id: parcel.id,
      cooperative_id: parcel.cooperative_id,
      listing_id: line.listingId,
      title_zh: line.titleZh,
      title_en: line.titleEn,
      grade: line.grade,
      unit: line.unit,
      unit_grams: line.unitGrams,
      ships_from: line.shipsFrom,
      quantity: line.quantity,
      unit_price_fen: line.priceFen,
      line_fen: line.lineFen,
      fee_basis_points: line.feeBasisPoints,
      fee_fen: line.feeFen,
    })),
  );
  const allocations = parcels.flatMap((parcel) =>
    parcel.lines.flatMap((line) =>
      line.shares.map((share) => ({
        id: uuidv7(),
        order_line_id: line.id,
        lot_id: share.lotId,
        relief_account_id: share.reliefAccountId,
        quantity: share.quantity,
        fen: share.fen,
      })),
    ),
  );
  return {
    order: {
      id: orderId,
      number_prefix: `TJ${dayDigits(order.now)}`,
      buyer_user_id: order.buyer.userId,
      visitor_id: order.buyer.userId === null ? order.buyer.visitorId : null,
      idempotency_key: order.key,
      address: order.address,
      locale: order.locale,
      produce_fen: order.plan.produceFen,
      freight_fen: order.plan.freightFen,
      total_fen: order.plan.totalFen,
      expires_at: order.expiresAt,
      created_at: order.now,
      cart_id: order.cartId,
      note: order.said.note,
      gift_words: order.said.giftWords,
    },
    parcels: parcels.map(({ lines: _lines, ...parcel }) => parcel),
    lines,
    allocations,
    // As many as there can be: each lot gives a unit at least.
    ...(order.isOvertaken && {
      allocation_ids: lines.flatMap(({ quantity }) =>
        Array.from({ length: quantity }, () => uuidv7()),
      ),
    }),
  };
}

/** What the database says when a lot has less than planned, or a listing says something else. */
const OVERTAKEN = "TJ409";

/** What it says to the one of several that has to give way to the others, and may try again. */
const GAVE_WAY = ["40P01", "40001"];

type Written = {
  isOpen: boolean;
  placed: { id: string; number: string } | null;
  /** What there is now, when a lot had less than was planned; else null. */
  lots: FreshLots | null;
};

type Row = { isOpen: boolean; id: string | null; number: string | null };
type FreshLot = BasketLot & { listingId: string };

/** Of a refusal by `write_order`, or of having to give way; null of any other error. */
function overtakenBy(error: { code?: string; detail?: string }): Written | null {
  if (GAVE_WAY.includes(error.code ?? "")) return { isOpen: false, placed: null, lots: null };
  if (error.code !== OVERTAKEN) return null;
  if (!error.detail) return { isOpen: false, placed: null, lots: null };
  const found: FreshLot[] = JSON.parse(error.detail);
  return { isOpen: false, placed: null, lots: Map.groupBy(found, ({ listingId }) => listingId) };
}

/**
 * Writes a planned order, holds its stock, empties the cart of it and queues its expiry, all in
 * ONE call (`write_order` in db/migrations), or nothing at all. `isOpen: false` says that the plan
 * no longer holds: with `lots` others were faster, and those are what there is now; without, a
 * listing or the cart has changed, or the database had this order give way to others (a deadlock, a
 * serialization failure): nothing is written, and it is to be planned anew. What is gone already is refused before anything is written.
 * `placed: null` with `isOpen: true` says that the key has already
 * made an order. `db` must be no transaction: a plan that no longer holds would end it.
 *
 * With `isOvertaken` all lots of its listings are locked, and the order takes the oldest of what is
 * free behind the locks and splits each line to the fen there, so that nobody overtakes it: it gives
 * way only when there is too little. `shares_of_now` (0101) has the rules of allocate.ts and of
 * split-line.ts in SQL, and write-order.test.ts holds it to them.
 *
 * Locks the cart, then its items (as whoever adds to it or hands it over does), and last the lots,
 * in id order: every writer of several lots does, so that two orders naming the same lots in
 * another order wait for each other instead of deadlocking. Lots come last because many want the
 * same ones: the next buyer waits for little more than the commit. What is checked is checked
 * after its lock, so it is what others committed while this one waited. Listings of which it
 * emptied a lot may be sold out, and are queued to be indexed after that: whoever commits last of
 * those who empty the lots of one has it looked at when all are gone. In id order too: a job's key
 * is locked like a row.
 */
export async function writeOrder(db: Kysely<DB>, order: OrderToWrite): Promise<Written> {
  try {
    const { rows } = await sql<Row>`
      select w.is_open as "isOpen", w.id, w.number, (
        select count(${addIndexing(sql`listing_id`)})
        from (select unnest(w.emptied) as listing_id order by 1) s
      ) as indexed
      from write_order(${JSON.stringify(rowsOf(order))}::jsonb) w`.execute(db);
    const { isOpen, id, number } = rows[0] ?? { isOpen: false, id: null, number: null };
    return { isOpen, placed: id === null || number === null ? null : { id, number }, lots: null };
  } catch (error) {
    const overtaken = overtakenBy(error as { code?: string; detail?: string });
    if (overtaken) return overtaken;
    throw error;
  }
}
