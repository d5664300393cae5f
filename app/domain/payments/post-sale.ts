import { type Transaction as DbTransaction, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { postTransaction } from "../ledger/post.ts";
import { type Sale, salePostings } from "../ledger/sale-postings.ts";

async function readSale(trx: DbTransaction<DB>, orderId: string): Promise<Sale> {
  const { rows } = await sql<Sale>`
    select
      (select jsonb_agg(jsonb_build_object('cooperativeSlug', c.slug, 'freightFen', p.freight_fen)
          order by p.id)
        from parcels p join cooperatives c on c.id = p.cooperative_id
        where p.order_id = ${orderId}) as freight,
      (select jsonb_agg(jsonb_build_object('orderLineId', l.id, 'cooperativeSlug', c.slug,
          'feeFen', l.fee_fen, 'allocations', (
            select jsonb_agg(jsonb_build_object('fen', a.fen, 'reliefAccountId', r.id,
              'reliefAccountCode', r.code) order by a.id)
            from allocations a join relief_accounts r on r.id = a.relief_account_id
            where a.order_line_id = l.id and a.state = 'sold')) order by l.id)
        from order_lines l join cooperatives c on c.id = l.cooperative_id
        where l.order_id = ${orderId}) as lines
  `.execute(trx);
  return rows[0] as Sale;
}

/**
 * Posts the one sale of an order whose allocations are sold: every produce fen to a relief account,
 * fees and freight to the cooperatives. Throws when the parts are not the order's total: then the
 * order was written wrong, and nothing of the payment may be kept.
 */
export async function postSale(
  trx: DbTransaction<DB>,
  order: { id: string; totalFen: number },
  occurredAt: Date,
): Promise<void> {
  const postings = salePostings(await readSale(trx, order.id));
  if (postings[0]?.fen !== order.totalFen) {
    throw new Error(`the parts of order ${order.id} do not sum to ${order.totalFen} fen`);
  }
  const posted = await postTransaction(trx, {
    kind: "sale",
    causeType: "order",
    causeId: order.id,
    idempotencyKey: `sale:${order.id}`,
    occurredAt,
    postings,
  });
  if (!posted.ok) throw new Error(`the sale of order ${order.id} is ${posted.reason}`);
}
