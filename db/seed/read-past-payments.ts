import { type Kysely, sql } from "kysely";
import type { CheckoutOrder } from "#app/gateways/payments.ts";
import type { DB } from "#db/schema.d.ts";

/** One of the seed's payments with all that a Stripe would know of it; times in Unix seconds. */
export type SeededPayment = {
  id: string;
  sessionId: string;
  paymentIntentId: string;
  chargeId: string;
  paidAt: number;
  payerName: string;
  orderId: string;
  number: string;
  locale: "zh" | "en";
  lines: CheckoutOrder["lines"];
  reliefCodes: string[];
  refunds: { id: string; ourId: string; fen: number; createdAt: number }[];
  dispute: {
    id: string;
    createdAt: number;
    reason: string;
    status: "needs_response" | "under_review";
  } | null;
};

const LINES = sql`(
  select jsonb_agg(jsonb_build_object('name', title_zh, 'unitFen', unit_price_fen,
    'quantity', quantity) order by id)
  from order_lines where order_id = o.id)`;

const FREIGHT = sql`(
  select coalesce(jsonb_agg(jsonb_build_object('name', '运费 · ' || c.name_zh,
    'unitFen', p.freight_fen, 'quantity', 1) order by p.id), '[]')
  from parcels p join cooperatives c on c.id = p.cooperative_id
  where p.order_id = o.id and p.freight_fen > 0)`;

/** Seconds as Stripe counts them. */
const second = (column: string) => sql`floor(extract(epoch from ${sql.ref(column)}))::bigint`;

/** A page of the seed's payments, in the order in which the seed made them. Locks nothing. */
export async function readSeededPayments(
  db: Kysely<DB>,
  { after, limit }: { after: string | null; limit: number },
): Promise<SeededPayment[]> {
  const { rows } = await sql<SeededPayment>`
    select y.id, y.checkout_session_id as "sessionId", y.payment_intent_id as "paymentIntentId",
      y.charge_id as "chargeId", ${second("y.paid_at")} as "paidAt",
      o.address ->> 'recipient' as "payerName", o.id as "orderId", o.number, o.locale,
      ${LINES} || ${FREIGHT} as lines,
      (select jsonb_agg(distinct r.code order by r.code)
        from order_lines l join allocations a on a.order_line_id = l.id
        join relief_accounts r on r.id = a.relief_account_id
        where l.order_id = o.id) as "reliefCodes",
      (select coalesce(jsonb_agg(jsonb_build_object('id', f.stripe_refund_id, 'ourId', f.id,
          'fen', f.fen, 'createdAt', ${second("f.created_at")}) order by f.id), '[]')
        from refunds f where f.payment_id = y.id and f.stripe_refund_id like 're\\_seed\\_%') as refunds,
      (select jsonb_build_object('id', d.stripe_dispute_id, 'createdAt', ${second("d.created_at")},
          'reason', d.reason, 'status', 'under_review')
        from disputes d where d.payment_id = y.id and d.stripe_dispute_id like 'du\\_seed\\_%') as dispute
    from payments y join orders o on o.id = y.order_id
    where y.payment_intent_id like 'pi\\_seed\\_%' and (${after}::uuid is null or y.id > ${after}::uuid)
    order by y.id limit ${limit}`.execute(db);
  return rows;
}

/** The last of them, to see whether somebody has them all; null where there are none. */
export async function readLastSeededCharge(db: Kysely<DB>): Promise<string | null> {
  const last = await db
    .selectFrom("payments")
    .select("charge_id")
    .where("payment_intent_id", "like", "pi\\_seed\\_%")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return last?.charge_id ?? null;
}
