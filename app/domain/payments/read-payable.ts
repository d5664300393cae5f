import { type Kysely, sql } from "kysely";
import type { CheckoutOrder } from "#app/gateways/payments.ts";
import type { DB } from "#db/schema.d.ts";
import type { OrderStatus } from "../orders/order-states.ts";
import { ownsOrder } from "../orders/read-basket.ts";
import type { BuyerScope } from "../scopes.ts";

const FREIGHT = { zh: "运费", en: "Freight" } as const;

type Row = {
  number: string;
  locale: "zh" | "en";
  status: OrderStatus;
  expiresAt: Date;
  checkoutSessionId: string | null;
  closedPages: number;
  isProcessing: boolean;
  produce: { zh: string; en: string; unitFen: number; quantity: number }[];
  freight: { zh: string; en: string; unitFen: number }[];
  reliefCodes: string[];
};

/**
 * The buyer's own order with all that its payment page shows: every line, then each parcel's
 * freight under the name of the first thing in it, amounts in fen, in the order's language. All of
 * it is what the order has written down, so that it is the same at each try: Stripe refuses a key
 * that comes again with other words, and a cooperative may have another name by then. Null when there is no such order for this
 * buyer. One round trip, no locks.
 */
export async function readPayable(db: Kysely<DB>, buyer: BuyerScope, orderId: string) {
  const { rows } = await sql<Row>`
    select number, locale, status, expires_at as "expiresAt",
      checkout_session_id as "checkoutSessionId", closed_pages as "closedPages",
      is_payment_processing as "isProcessing",
      (select jsonb_agg(jsonb_build_object('zh', title_zh, 'en', title_en,
          'unitFen', unit_price_fen, 'quantity', quantity) order by id)
        from order_lines where order_id = orders.id) as produce,
      (select coalesce(jsonb_agg(jsonb_build_object('zh', l.title_zh, 'en', l.title_en,
          'unitFen', p.freight_fen) order by p.id), '[]')
        from parcels p cross join lateral (select title_zh, title_en from order_lines
          where parcel_id = p.id order by id limit 1) l
        where p.order_id = orders.id and p.freight_fen > 0) as freight,
      (select jsonb_agg(distinct r.code order by r.code)
        from order_lines l join allocations a on a.order_line_id = l.id
        join relief_accounts r on r.id = a.relief_account_id
        where l.order_id = orders.id) as "reliefCodes"
    from orders where id = ${orderId} and ${ownsOrder(buyer)}`.execute(db);
  const [row] = rows;
  if (!row) return null;
  const { produce, freight, ...order } = row;
  const { locale } = order;
  const nameOf = ({ zh, en }: { zh: string; en: string }) => (locale === "en" && en) || zh;
  const lines: CheckoutOrder["lines"] = [
    ...produce.map(({ zh, en, ...line }) => ({ ...line, name: nameOf({ zh, en }) })),
    ...freight.map(({ unitFen, ...name }) => ({
      name: `${FREIGHT[locale]} · ${nameOf(name)}`,
      unitFen,
      quantity: 1,
    })),
  ];
  return { ...order, lines };
}
