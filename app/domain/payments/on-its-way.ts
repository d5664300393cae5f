import { type Transaction as DbTransaction, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { readParts } from "./post-refund.ts";
import { readLeft } from "./read-left.ts";
import type { RefundPart } from "./request-refund.ts";
import { isOwed } from "./take-owed.ts";

export type Sale = { paymentId: string; orderId: string };

/** Asked for, and Stripe does not have it as far as we know. */
type Request = {
  id: string;
  parcelId: string | null;
  note: string;
  failure: string | null;
  refusals: number;
};

export type OnItsWay = {
  fen: number;
  parts: readonly RefundPart[];
  /** Null of what is owed already. */
  request: Request | null;
  /** By a refund; else it is only kept for her. */
  isAsked: boolean;
};

type Row = Request & { fen: number; isOpen: boolean; standsFor: string | null };

/** Since when: what stands for another was asked for with that. Ids tell time: the smaller is the older. */
function ageOf(all: ReadonlyMap<string, Row>, id: string): string {
  const standsFor = all.get(id)?.standsFor;
  return standsFor ? ageOf(all, standsFor) : id;
}

/** The ledger's last transaction that kept money for the buyer without a refund's promise. */
async function lastKept(trx: DbTransaction<DB>, orderId: string): Promise<string> {
  const { rows } = await sql<{ id: string | null }>`
    select max(t.id::text) as id from ledger_transactions t
    where t.cause_type = 'order' and t.cause_id = ${orderId}
      and t.idempotency_key like 'owed:%'`.execute(trx);
  return rows[0]?.id ?? "";
}

/**
 * What was on its way to a sale's buyer before the ledger's transaction `before` and has not reached
 * her, oldest first: refunds asked for, what is owed of those that failed, last what is kept for her
 * and no refund had promised. The caller holds the order's row.
 */
export async function readOnItsWay(
  trx: DbTransaction<DB>,
  { paymentId, orderId }: Sale,
  before: string,
): Promise<OnItsWay[]> {
  const { rows } = await sql<Row>`
    select id, fen, parcel_id as "parcelId", note, failure, refusals,
      status = 'requested' and stripe_refund_id is null as "isOpen",
      stands_for_refund_id as "standsFor"
    from refunds where payment_id = ${paymentId} order by id`.execute(trx);
  const all = new Map(rows.map((row) => [row.id, row]));
  const found: (OnItsWay & { age: string; id: string })[] = [];
  for (const request of rows.filter(({ isOpen }) => isOpen)) {
    const parts = await readParts(trx, request.id);
    const { id, fen } = request;
    found.push({ age: ageOf(all, id), id, fen, parts, request, isAsked: true });
  }
  const owed = (await readLeft(trx, orderId, null)).filter(isOwed);
  for (const [by, parts] of Map.groupBy(owed, ({ promisedBy }) => promisedBy)) {
    const fen = parts.reduce((sum, part) => sum + part.fen, 0);
    const age = by === null ? await lastKept(trx, orderId) : ageOf(all, by);
    found.push({ age, id: by ?? "~", fen, parts, request: null, isAsked: by !== null });
  }
  const turn = ({ isAsked, age, id }: (typeof found)[number]) => `${isAsked ? age : "~"} ${id}`;
  return found
    .filter(({ age }) => age < before)
    .sort((one, other) => (turn(one) < turn(other) ? -1 : 1));
}
