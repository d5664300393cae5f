import { type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { DB } from "#db/schema.d.ts";
import { dayDigits } from "../calendar/day-rule.ts";
import { addIndexing } from "../queue/queue-job.ts";
import type { BuyerScope } from "../scopes.ts";
import type { OrderPlan } from "./plan-order.ts";

export type OrderToWrite = {
  buyer: BuyerScope;
  cartId: string;
  key: string;
  locale: "zh" | "en";
  address: Record<string, string>;
  plan: OrderPlan & { totalFen: number; freightFen: number };
  now: Date;
  expiresAt: Date;
};

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
    },
    parcels: parcels.map(({ lines: _lines, ...parcel }) => parcel),
    lines,
    allocations,
  };
}

/** What the database says when a lot has less than planned, or a listing says something else. */
const OVERTAKEN = "TJ409";

/**
 * Writes a planned order, holds its stock, empties the cart of it and queues its expiry, all in
 * ONE call (`write_order` in db/migrations), or nothing at all. `isOpen: false` says that the plan
 * no longer holds (a lot has less, a listing or the cart changed): plan again. `placed: null` with
 * `isOpen: true` says that the key has already made an order. `db` must be no transaction: a plan
 * that no longer holds would end it.
 *
 * Locks the cart, then its items (as whoever adds to it or hands it over does), and last the lots,
 * in id order: every writer of several lots does, so that two orders naming the same lots in
 * another order wait for each other instead of deadlocking. Lots come last because many want the
 * same ones: the next buyer waits for little more than the commit. What is checked is checked
 * after its lock, so it is what others committed while this one waited. Listings sold out by it
 * are queued to be indexed after that, in id order too: a job's key is locked like a row.
 */
export async function writeOrder(
  db: Kysely<DB>,
  order: OrderToWrite,
): Promise<{ isOpen: boolean; placed: { id: string; number: string } | null }> {
  const soldOut = order.plan.parcels
    .flatMap((parcel) => parcel.lines)
    .filter((line) => line.quantity === line.available)
    .map((line) => line.listingId);
  const written = await sql<{ isOpen: boolean; id: string | null; number: string | null }>`
    select w.is_open as "isOpen", w.id, w.number, (
      select count(${addIndexing(sql`listing_id`)})
      from (select unnest(${soldOut}::uuid[]) as listing_id where w.id is not null order by 1) s
    ) as indexed
    from write_order(${JSON.stringify(rowsOf(order))}::jsonb) w`
    .execute(db)
    .catch((error) => {
      if (error.code === OVERTAKEN) return { rows: [] };
      throw error;
    });
  const { isOpen, id, number } = written.rows[0] ?? { isOpen: false, id: null, number: null };
  return { isOpen, placed: id === null || number === null ? null : { id, number } };
}
