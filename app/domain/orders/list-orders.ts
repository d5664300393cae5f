import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import type { BuyerScope } from "../scopes.ts";
import type { OrderStatus } from "./order-states.ts";
import { ownsOrder } from "./read-basket.ts";

const PAGE_SIZE = 20;

export type OrderSummary = {
  number: string;
  status: OrderStatus;
  createdAt: Date;
  totalFen: number;
  lines: { titleZh: string; titleEn: string; quantity: number }[];
};

/**
 * The buyer's orders, newest first, 20 a page; `page` counts from 1 and `pages` is at least 1. A
 * page beyond the last is empty. Locks nothing.
 */
export async function listOrders(
  db: Kysely<DB>,
  buyer: BuyerScope,
  page: number,
): Promise<{ orders: OrderSummary[]; pages: number }> {
  const { rows: orders } = await sql<OrderSummary>`
    select number, status, created_at as "createdAt", total_fen as "totalFen", (
      select coalesce(jsonb_agg(jsonb_build_object('titleZh', l.title_zh, 'titleEn', l.title_en,
        'quantity', l.quantity + coalesce((select sum(n.quantity) from order_lines n
          where n.split_from_id = l.id), 0)) order by l.id), '[]')
      from order_lines l where l.order_id = orders.id and l.split_from_id is null
        and l.substitution_id is null) as lines
    from orders where ${ownsOrder(buyer)}
    order by created_at desc, id desc
    limit ${PAGE_SIZE} offset ${(page - 1) * PAGE_SIZE}`.execute(db);
  const { rows: count } = await sql<{ all: number }>`
    select count(*) as all from orders where ${ownsOrder(buyer)}`.execute(db);
  return { orders, pages: Math.max(1, Math.ceil((count[0]?.all ?? 0) / PAGE_SIZE)) };
}
