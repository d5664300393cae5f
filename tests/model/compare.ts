import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import type { Model } from "./model.ts";
import type { Real } from "./real.ts";
import { standing } from "./refunds.ts";

/** A market as lines of text, one a fact, so that two can be laid side by side. */
export type Picture = string[];

/** What the model says should stand in the database. */
export function pictureOfModel(model: Model): Picture {
  const { lots, orders, parcels, payments, refunds, disputes, runs, payouts } = model;
  return [
    ...lots.map((lot, i) => `lot ${i}: ${lot.available} ${lot.held} ${lot.sold}`),
    ...orders.map(
      (order, i) =>
        `order ${i}: ${order.status} ${order.totalFen} ${order.wasPaid} ${order.expiresAt}`,
    ),
    ...orders.flatMap((order, i) =>
      order.lines.flatMap((line) => [
        `line ${i}/${line.listing} in ${line.parcel}: ${line.quantity} ${line.lineFen} ${line.feeFen}`,
        ...line.parts
          .filter((part) => part.state !== "released")
          .map(
            (part) =>
              `part ${i}/${line.listing} in ${line.parcel} lot ${part.lot}: ${part.quantity} ${part.fen} ${part.state}`,
          ),
      ]),
    ),
    ...parcels.map((parcel, i) => `parcel ${i}: ${parcel.status} ${parcel.freightFen}`),
    ...model.substitutions.map((of, i) => `substitution ${i}: ${of.state} ${of.backFen}`),
    ...payments
      .map((payment, i) => ({ ...payment, i }))
      .filter(({ taken }) => taken !== null)
      .map((payment) => `payment ${payment.i}: ${payment.fen} ${standing(model, payment.i)}`),
    ...refunds.map((refund, i) => `refund ${i}: ${refund.fen} ${refund.status} ${refund.reason}`),
    ...disputes.filter(({ seen }) => seen).map((_, i) => `dispute ${i}`),
    ...runs.map((run, i) => `run ${i}: ${run.status}`),
    ...payouts.map((payout, i) => `payout ${i}: ${payout.fen} ${payout.status}`),
    ...[...model.books].filter(([, fen]) => fen !== 0).map(([key, fen]) => `book ${key}: ${fen}`),
    `transactions: ${model.transactions}`,
  ];
}

const index = (ids: readonly string[]) => new Map(ids.map((id, place) => [id, place]));

/** What stands in the database, of this history alone; `sinceSeq` is the ledger's end before it. */
export async function pictureOfReal(real: Real, model: Model, sinceSeq: number): Promise<Picture> {
  const { db } = real;
  const orders = index(real.orders.map((order) => order.id));
  const lots = index(model.lots.map((lot) => lot.id));
  const listings = index(real.listings.map((listing) => listing.id));
  const ids = [...orders.keys()];
  const asked = { db, ids, orders, listings, lots, real };
  return [
    ...(await lotFacts(asked)),
    ...(await orderFacts(asked)),
    ...(await moneyFacts(asked)),
    ...(await bookFacts(db, sinceSeq, orders, listings)),
  ];
}

type Places = Map<string, number>;
type Asked = {
  db: Kysely<DB>;
  ids: string[];
  orders: Places;
  listings: Places;
  lots: Places;
  real: Real;
};

async function lotFacts({ db, lots }: Asked): Promise<Picture> {
  const rows = await db
    .selectFrom("lots")
    .where("id", "in", [...lots.keys()])
    .select(["id", "available", "held", "sold"])
    .execute();
  return rows.map((row) => `lot ${lots.get(row.id)}: ${row.available} ${row.held} ${row.sold}`);
}

type OrderRow = { id: string; status: string; fen: number; paid: boolean; expires_at: Date };
type LineRow = {
  order_id: string;
  listing_id: string;
  parcel_id: string;
  quantity: number;
  line_fen: number;
  fee_fen: number;
  parts: { lot: string; quantity: number; fen: number; state: string }[];
};

async function orderFacts({ db, ids, orders, listings, lots, real }: Asked): Promise<Picture> {
  const { rows } = await sql<OrderRow>`
    select id, status, total_fen as fen, paid_at is not null as paid, expires_at
    from orders where id = any(${ids}::uuid[])`.execute(db);
  const { rows: lines } = await sql<LineRow>`
    select order_id, listing_id, parcel_id, quantity, line_fen, fee_fen, (
      select coalesce(jsonb_agg(jsonb_build_object('lot', a.lot_id, 'quantity', a.quantity,
        'fen', a.fen, 'state', a.state)), '[]')
      from allocations a where a.order_line_id = l.id and a.state <> 'released') as parts
    from order_lines l where order_id = any(${ids}::uuid[])`.execute(db);
  const parcels = await db
    .selectFrom("parcels")
    .where("order_id", "in", ids.length > 0 ? ids : [null as unknown as string])
    .select(["id", "status", "freight_fen"])
    .execute();
  const places = index(real.parcels.map((parcel) => parcel.id));
  return [
    ...rows.map(
      (row) =>
        `order ${orders.get(row.id)}: ${row.status} ${row.fen} ${row.paid} ${row.expires_at.getTime()}`,
    ),
    ...lines.flatMap((line) => {
      const listing = listings.get(line.listing_id);
      const name = `${orders.get(line.order_id)}/${listing} in ${places.get(line.parcel_id)}`;
      return [
        `line ${name}: ${line.quantity} ${line.line_fen} ${line.fee_fen}`,
        ...line.parts.map(
          (part) =>
            `part ${name} lot ${lots.get(part.lot)}: ${part.quantity} ${part.fen} ${part.state}`,
        ),
      ];
    }),
    ...parcels.map((row) => `parcel ${places.get(row.id)}: ${row.status} ${row.freight_fen}`),
  ];
}

async function moneyFacts({ db, ids, real }: Asked): Promise<Picture> {
  const { rows: payments } = await sql<{ intent: string; fen: number; status: string }>`
    select payment_intent_id as intent, fen, status from payments
    where order_id = any(${ids}::uuid[])`.execute(db);
  const { rows: refunds } = await sql<{ id: string; fen: number; status: string; reason: string }>`
    select id, fen, status, reason from refunds where order_id = any(${ids}::uuid[])`.execute(db);
  const { rows: asked } = await sql<{ id: string; state: string; fen: number }>`
    select id, state, missing_fen - quantity * unit_price_fen as fen from substitutions
    where order_id = any(${ids}::uuid[])`.execute(db);
  const { rows: disputes } = await sql`select 1 from disputes d
    join payments p on p.id = d.payment_id where order_id = any(${ids}::uuid[])`.execute(db);
  const { rows: runs } = await sql<{ id: string; status: string }>`select id, status
    from payout_runs where id = any(${real.runs.map((run) => run.id)}::uuid[])`.execute(db);
  const { rows: payouts } = await sql<{ id: string; fen: number; status: string }>`
    select id, fen, status from payouts
    where id = any(${real.payouts.map((payout) => payout.id)}::uuid[])`.execute(db);
  const placeOfRefund = index(real.refunds);
  const placeOfAsked = index(real.substitutions);
  const placeOfRun = index(real.runs.map((run) => run.id));
  const placeOfPayout = index(real.payouts.map((payout) => payout.id));
  return [
    ...payments.map(
      (row) => `payment ${real.bank.paymentPlace(row.intent)}: ${row.fen} ${row.status}`,
    ),
    ...refunds.map(
      (row) => `refund ${placeOfRefund.get(row.id)}: ${row.fen} ${row.status} ${row.reason}`,
    ),
    ...asked.map((row) => `substitution ${placeOfAsked.get(row.id)}: ${row.state} ${row.fen}`),
    ...disputes.map((_, i) => `dispute ${i}`),
    ...runs.map((row) => `run ${placeOfRun.get(row.id)}: ${row.status}`),
    ...payouts.map((row) => `payout ${placeOfPayout.get(row.id)}: ${row.fen} ${row.status}`),
  ];
}

type BookRow = {
  code: string;
  order_id: string | null;
  listing_id: string | null;
  relief: string;
  fen: number;
};

async function bookFacts(
  db: Kysely<DB>,
  sinceSeq: number,
  orders: Places,
  listings: Places,
): Promise<Picture> {
  const { rows } = await sql<BookRow>`
    select a.code, l.order_id, l.listing_id, coalesce(r.code, '') as relief, sum(p.fen) as fen
    from ledger_transactions t join postings p on p.transaction_id = t.id
    join ledger_accounts a on a.id = p.account_id
    left join order_lines l on l.id = p.order_line_id
    left join relief_accounts r on r.id = p.relief_account_id
    where t.seq > ${sinceSeq} group by 1, 2, 3, 4 having sum(p.fen) <> 0`.execute(db);
  const { rows: count } = await sql<{ all: number; odd: number }>`
    select count(*) as all, count(*) filter (where (select sum(fen) from postings p
      where p.transaction_id = t.id) is distinct from 0) as odd
    from ledger_transactions t where seq > ${sinceSeq}`.execute(db);
  const line = (row: BookRow) =>
    row.order_id === null || row.listing_id === null
      ? ""
      : `${orders.get(row.order_id)}/${listings.get(row.listing_id)}`;
  return [
    ...rows.map((row) => `book ${row.code}|${line(row)}|${row.relief}: ${row.fen}`),
    `transactions: ${count[0]?.all}`,
    ...(count[0]?.odd ? [`${count[0].odd} transactions do not sum to zero`] : []),
  ];
}

/** What is only in one of the two. */
export function differences(real: Picture, model: Picture): string[] {
  const [is, should] = [new Set(real), new Set(model)];
  return [
    ...model.filter((fact) => !is.has(fact)).map((fact) => `${fact} (missing)`),
    ...real.filter((fact) => !should.has(fact)).map((fact) => `${fact} (is there)`),
  ].sort();
}
