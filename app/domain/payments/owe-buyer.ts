import { type Transaction as DbTransaction, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { type Posting, postTransaction } from "../ledger/post.ts";
import type { LeftPart } from "./plan-refund.ts";
import { readLeft } from "./read-left.ts";

type Off = { id: string; slug: string; posted: number };

/** Parcels called off, and how often something was moved for their order before. */
async function readOff(trx: DbTransaction<DB>, orderId: string): Promise<Off[]> {
  const { rows } = await sql<Off>`
    select p.id, c.slug, (select count(*) from ledger_transactions t
      where t.cause_type = 'order' and t.cause_id = ${orderId}
        and t.idempotency_key like 'owed:%') as posted
    from parcels p join cooperatives c on c.id = p.cooperative_id
    where p.order_id = ${orderId} and p.status = 'cancelled' order by p.id`.execute(trx);
  return rows;
}

/** What each gives, with the tags of the sale, and line by line what is owed for it. */
function move(account: string, parts: readonly LeftPart[]): Posting[] {
  const lines = Map.groupBy(parts, (part) => part.orderLineId);
  const owed = [...lines].map(([orderLineId, of]) => {
    return { account, orderLineId, fen: -of.reduce((sum, { fen }) => sum + fen, 0) };
  });
  const gives = parts.map(({ account, orderLineId, reliefAccountId, fen }) => {
    return { account, orderLineId, reliefAccountId, fen };
  });
  return [...gives, ...owed];
}

/**
 * Moves what an order's accounts have left of parcels that were called off to `owed:<slug>`: the
 * goods are on sale again. What a failed refund had promised has been moved before (owe-promise.ts);
 * this is what the buyer was given once and has no more, as when a bank transfer is taken back and
 * what somebody gave beyond it by hand is counted anew (recount-given.ts). It is the buyer's,
 * and nobody is paid with it meanwhile: else one box would be paid twice. A later refund, ours or
 * one made by hand at Stripe, takes it from there. While a refund is under way nothing is left,
 * and nothing is moved; so it is the second time. The caller holds the order's row, and calls
 * after everything else that a refund or a bank has changed.
 */
export async function oweBuyer(
  trx: DbTransaction<DB>,
  orderId: string,
  occurredAt: Date,
): Promise<void> {
  const off = await readOff(trx, orderId);
  const postings: Posting[] = [];
  for (const { id, slug } of off) {
    const account = `owed:${slug}`;
    const left = await readLeft(trx, orderId, id);
    postings.push(
      ...move(
        account,
        left.filter((part) => part.account !== account),
      ),
    );
  }
  if (postings.length === 0) return;
  const posted = await postTransaction(trx, {
    kind: "refund",
    causeType: "order",
    causeId: orderId,
    idempotencyKey: `owed:${orderId}:${(off[0]?.posted ?? 0) + 1}`,
    occurredAt,
    postings,
  });
  if (!posted.ok) throw new Error(`what is owed for order ${orderId} is ${posted.reason}`);
}
