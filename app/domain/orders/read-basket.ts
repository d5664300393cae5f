import { type Kysely, type RawBuilder, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { freightTermsOf } from "../cooperatives/shipping-columns.ts";
import { windowOf } from "../cycles/window.ts";
import { isShut, type SaleWindow, shippingDay } from "../cycles/window-rule.ts";
import { isOwnedBy } from "../owned-by.ts";
import { UNWRITTEN } from "../regions/region-path.ts";
import type { BuyerScope } from "../scopes.ts";
import type { OpenLot } from "./allocate.ts";
import type { Carried, FreightTerms } from "./freight.ts";
import type { OrderStatus } from "./order-states.ts";
import type { Said } from "./said-rule.ts";

export type BasketLot = OpenLot & { reliefAccountId: string };

export type BasketItem = {
  listingId: string;
  quantity: number;
  seenPriceFen: number;
  priceFen: number;
  isForSale: boolean;
  /** Not now, but it will be sold again: paused, or its cycle is not open. */
  isPaused: boolean;
  /** Of what is sold in cycles alone, when. */
  window?: SaleWindow | null;
  titleZh: string;
  titleEn: string;
  grade: string;
  unit: string;
  unitGrams: number;
  /** The day from which a pre-sale, or what is sold in a cycle, is sent. */
  shipsFrom: string | null;
  /** Sale units that one order may take; null where there is no bound. */
  mostPerOrder: number | null;
  lots: BasketLot[];
  cooperative: {
    id: string;
    slug: string;
    nameZh: string;
    nameEn: string;
    feeBasisPoints: number;
    freight: FreightTerms;
  };
};

export type PlacedAddress = Record<
  "recipient" | "phone" | "regionCode" | "regionZh" | "regionEn" | "street",
  string
>;

/** Everything a quote or an order needs to know, as of one instant. */
export type Basket = {
  cartId: string | null;
  cartChangedAt: string | null;
  items: BasketItem[];
  /** The place asked for, with those above it; null when there is no such place. */
  region: { code: string; nameZh: string; nameEn: string; takesParcels: boolean } | null;
  /** The order this key has already made; not `isOwn` when its buyer signed in or out since. */
  placed: {
    id: string;
    number: string;
    isOwn: boolean;
    status: OrderStatus;
    totalFen: number;
    address: PlacedAddress;
    said: Said;
    /** How often the address was corrected. */
    revision: number;
    /** What carrying them costs: by the cooperative's terms of now. */
    parcels: (Carried & { freight: FreightTerms })[];
  } | null;
};

/**
 * True of the orders that are the buyer's: the user's, or of a browser nobody has signed in with
 * those made in it. Needs `orders` in the statement; fails for nothing and locks nothing.
 */
export function ownsOrder(buyer: BuyerScope): RawBuilder<boolean> {
  return buyer.userId === null
    ? sql<boolean>`(orders.buyer_user_id is null and orders.visitor_id = ${buyer.visitorId})`
    : sql<boolean>`orders.buyer_user_id = ${buyer.userId}`;
}

/** A quantity is at most 999, so 999 lots that have something always answer it. */
const LOTS = sql`(
  select coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'harvestedOn', o.harvested_on,
    'available', o.available, 'reliefAccountId', o.relief_account_id)), '[]')
  from (select * from lots where listing_id = l.id and available > 0
    order by harvested_on, id limit 999) o)`;

const FREIGHT = freightTermsOf("c");

const itemOf = (now: Date) => sql`jsonb_build_object(
  'listingId', l.id, 'quantity', i.quantity, 'seenPriceFen', i.seen_price_fen,
  'priceFen', l.price_fen, 'isForSale', l.status = 'published',
  'isPaused', l.status = 'paused', 'window', ${windowOf("l", now)}, 'titleZh', l.title_zh,
  'titleEn', l.title_en, 'grade', l.grade, 'unit', l.unit, 'unitGrams', l.unit_grams,
  'shipsFrom', l.ships_from, 'mostPerOrder', l.most_per_order,
  'lots', ${LOTS}, 'cooperative', jsonb_build_object(
    'id', c.id, 'slug', c.slug, 'nameZh', c.name_zh, 'nameEn', c.name_en,
    'feeBasisPoints', c.fee_basis_points, 'freight', ${FREIGHT}))`;

const PLACED_PARCELS = sql`(
  select jsonb_agg(jsonb_build_object('weightGrams', p.weight_grams, 'freight', ${FREIGHT},
    'produceFen', (select sum(n.line_fen) from order_lines n where n.parcel_id = p.id)))
  from parcels p join cooperatives c on c.id = p.cooperative_id where p.order_id = orders.id)`;

/** Entries of GB/T 2260 that only hold counties together are no part of a written address. */
const isWritten = sql`m.name_zh <> all(${UNWRITTEN}::text[])`;

/** A parcel needs a place with no places in it: a county, or a city such as Dongguan. */
const region = (code: string | null) => sql`(
  select jsonb_build_object('code', r.code,
    'takesParcels', not exists (select 1 from regions i where i.parent_code = r.code and i.level <= 3),
    'nameZh', concat(p.name_zh, case when ${isWritten} then m.name_zh end, r.name_zh),
    'nameEn', concat_ws(', ', r.name_en,
      case when ${isWritten} then nullif(m.name_en, r.name_en) end, p.name_en))
  from regions r
  left join regions m on m.code = r.parent_code
  left join regions p on p.code = m.parent_code
  where r.code = ${code} and r.level <= 3)`;

/** What is sold in cycles is for sale while one is open, and sent from its day. */
function inWindow(item: BasketItem): BasketItem {
  const { window = null } = item;
  if (!window) return item;
  return {
    ...item,
    isForSale: item.isForSale && window.isOpen,
    isPaused: item.isPaused || (item.isForSale && isShut(window)),
    shipsFrom: shippingDay(window, item.shipsFrom),
  };
}

/**
 * Reads the buyer's cart with stock, prices, freight terms, what is for sale `now` and the region, in
 * one round trip.
 */
export async function readBasket(
  db: Kysely<DB>,
  buyer: BuyerScope,
  asked: { regionCode: string | null; orderKey: string | null; now?: Date },
): Promise<Basket> {
  const { rows } = await sql<Basket>`
    with cart as (select id, updated_at from carts where ${isOwnedBy("carts", buyer)})
    select
      (select id from cart) as "cartId",
      (select updated_at::text from cart) as "cartChangedAt",
      (select coalesce(jsonb_agg(${itemOf(asked.now ?? new Date())} order by i.created_at, i.listing_id), '[]')
        from cart join cart_items i on i.cart_id = cart.id
        join listings l on l.id = i.listing_id
        join cooperatives c on c.id = l.cooperative_id) as items,
      ${region(asked.regionCode)} as region,
      (select jsonb_build_object('id', id, 'number', number, 'isOwn', coalesce(${ownsOrder(buyer)}, false),
          'status', status, 'totalFen', total_fen, 'address', address,
          'said', jsonb_build_object('note', note, 'giftWords', gift_words),
          'revision', address_revision, 'parcels', ${PLACED_PARCELS})
        from orders where idempotency_key = ${asked.orderKey}) as placed
  `.execute(db);
  const basket = rows[0] as Basket;
  return { ...basket, items: basket.items.map(inWindow) };
}
