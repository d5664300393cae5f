import { type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { DB } from "#db/schema.d.ts";
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

function ordinal(date: Date): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Shanghai" })
    .format(date)
    .replaceAll("-", "");
}

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
      quantity: line.quantity,
      unit_price_fen: line.priceFen,
      line_fen: line.lineFen,
      fee_basis_points: line.feeBasisPoints,
      fee_fen: line.feeFen,
      takes_all: line.quantity === line.available,
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
      number_prefix: `TJ${ordinal(order.now)}`,
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

/**
 * Writes a planned order, holds its stock, empties the cart of it and queues its expiry, all in
 * ONE statement, or nothing at all. `isOpen: false` says that the plan no longer holds (a lot has
 * less, a price or the cart changed): plan again. `placed: null` with `isOpen: true` says that the
 * key has already made an order.
 *
 * Locks the lots in id order (every writer of several lots does, so that two orders naming the
 * same lots in another order wait for each other instead of deadlocking), then the cart, then its
 * items (as whoever adds to it or hands it over does).
 * The gate reads what it locked, so it sees what others committed while this one waited.
 */
export async function writeOrder(
  db: Kysely<DB>,
  order: OrderToWrite,
): Promise<{ isOpen: boolean; placed: { id: string; number: string } | null }> {
  const rows = rowsOf(order);
  const { rows: answer } = await sql<{ isOpen: boolean; id: string | null; number: string | null }>`
    with input as materialized (select ${JSON.stringify(rows)}::jsonb as doc
    ), o as materialized (
      select r.* from input, jsonb_to_record(doc -> 'order') as r (id uuid, number_prefix text,
        buyer_user_id text, visitor_id text, idempotency_key text, address jsonb, locale text,
        produce_fen bigint, freight_fen bigint, total_fen bigint, expires_at timestamptz,
        created_at timestamptz, cart_id uuid)
    ), lines as materialized (
      select r.* from input, jsonb_to_recordset(doc -> 'lines') as r (id uuid, parcel_id uuid,
        listing_id uuid, cooperative_id uuid, title_zh text, title_en text, grade text, unit text,
        unit_grams int, quantity int, unit_price_fen bigint, line_fen bigint, fee_basis_points int,
        fee_fen bigint, takes_all boolean)
    ), shares as materialized (
      select r.* from input, jsonb_to_recordset(doc -> 'allocations') as r (id uuid,
        order_line_id uuid, lot_id uuid, relief_account_id uuid, quantity int, fen bigint)
    ), wanted as materialized (
      select lot_id, sum(quantity)::int as quantity from shares group by lot_id
    ), locked as materialized (
      select id, available from lots where id = any(array(select lot_id from wanted))
      order by id for update
    ), shown as materialized (
      select id, price_fen from listings
      where id = any(array(select listing_id from lines)) and status = 'published'
    ), cart as materialized (
      select id from carts
      where id = (select cart_id from o) and (select count(*) from locked) > 0
      for no key update
    ), items as materialized (
      select i.listing_id, i.quantity from cart_items i where i.cart_id = (select id from cart)
      order by i.listing_id for update
    ), gate as materialized (
      select not exists (
        select from wanted w left join locked k on k.id = w.lot_id and k.available >= w.quantity
        where k.id is null
      ) and not exists (
        select from lines n
        left join shown l on l.id = n.listing_id and l.price_fen = n.unit_price_fen
        left join items i on i.listing_id = n.listing_id and i.quantity = n.quantity
        where l.id is null or i.listing_id is null
      ) as is_open
    ), placed as (
      insert into orders (id, number, buyer_user_id, visitor_id, idempotency_key, address, locale,
        produce_fen, freight_fen, total_fen, expires_at, created_at, updated_at)
      select id, number_prefix || lpad((nextval('order_numbers') % 1000000)::text, 6, '0'),
        buyer_user_id, visitor_id, idempotency_key, address, locale, produce_fen, freight_fen,
        total_fen, expires_at, created_at, created_at
      from o where (select is_open from gate)
      on conflict (idempotency_key) do nothing
      returning id, number, expires_at
    ), held as (
      update lots l set available = l.available - w.quantity, held = l.held + w.quantity
      from wanted w, placed
      where l.id = w.lot_id and l.id = any(array(select lot_id from wanted)) returning 1
    ), parcels_written as (
      insert into parcels (id, order_id, cooperative_id, freight_fen, weight_grams)
      select r.id, placed.id, r.cooperative_id, r.freight_fen, r.weight_grams
      from placed, input, jsonb_to_recordset(doc -> 'parcels') as r (id uuid, cooperative_id uuid,
        freight_fen bigint, weight_grams bigint)
    ), lines_written as (
      insert into order_lines (id, order_id, parcel_id, listing_id, cooperative_id, title_zh,
        title_en, grade, unit, unit_grams, quantity, unit_price_fen, line_fen, fee_basis_points,
        fee_fen)
      select n.id, placed.id, parcel_id, listing_id, cooperative_id, title_zh, title_en, grade,
        unit, unit_grams, quantity, unit_price_fen, line_fen, fee_basis_points, fee_fen
      from placed, lines n
    ), allocations_written as (
      insert into allocations (id, order_line_id, lot_id, relief_account_id, quantity, fen)
      select s.id, order_line_id, lot_id, relief_account_id, quantity, fen from placed, shares s
    ), emptied as (
      delete from cart_items i using placed, o, lines n
      where i.cart_id = o.cart_id and i.listing_id = n.listing_id
    ), cart_changed as (
      update carts set updated_at = clock_timestamp() from placed, o where carts.id = o.cart_id
    ), queued as (
      select queue_for_later('expire-order', json_build_object('orderId', id), expires_at,
        'expire-order:' || id)::text
      from placed
      union all
      select (graphile_worker.add_job('index-listing',
        json_build_object('listingId', listing_id), max_attempts => 12,
        job_key => 'index-listing:' || listing_id)).id::text
      from placed, lines where takes_all
    )
    select (select is_open from gate) as "isOpen", placed.id, placed.number,
      -- Belt and braces: an order that holds less than it names must not be committed.
      1 / (placed.id is null or
        (select count(*) from held) = (select count(*) from wanted))::int as checked,
      (select count(*) from queued) as queued
    from (select) one left join placed on true
  `.execute(db);
  const { isOpen, id, number } = answer[0] ?? { isOpen: false, id: null, number: null };
  return { isOpen, placed: id === null || number === null ? null : { id, number } };
}
