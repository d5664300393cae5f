import { type Transaction as DbTransaction, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { DB } from "#db/schema.d.ts";
import { cutParts } from "./cut-parts.ts";
import { keepAsked } from "./keep-asked.ts";
import { letGo } from "./let-go.ts";
import { lookAtStripe } from "./look-at-stripe.ts";
import { type OnItsWay, readOnItsWay, type Sale } from "./on-its-way.ts";
import { postRefund, readParts, reverseRefund } from "./post-refund.ts";
import { GIVEN_BY_BANK } from "./refund-reasons.ts";
import { writeParts, writeRefund } from "./request-refund.ts";
import { tellRefund, tellTakenByBank } from "./tell-refund.ts";

type Verdict = {
  disputeId: string;
  /** What the bank has for good, by the ledger: 0 of one that is not lost. */
  fen: number;
  /** What of that counts as given in the stead of refunds. */
  countedFen: number;
  /** The ledger's transaction that says so; null when it never was lost. */
  postedId: string | null;
};

async function readSale(trx: DbTransaction<DB>, orderId: string): Promise<Sale | null> {
  const { rows } = await sql<Sale>`
    select p.id as "paymentId", p.order_id as "orderId" from payments p
    where p.order_id = ${orderId} and not exists (select from ledger_transactions t
      where t.idempotency_key = 'suspense:' || p.id) order by p.id limit 1`.execute(trx);
  return rows[0] ?? null;
}

/** The disputes of a payment; what a bank took in another currency is no part of what she was owed. */
async function readVerdicts(trx: DbTransaction<DB>, paymentId: string): Promise<Verdict[]> {
  const { rows } = await sql<Verdict>`
    select d.id as "disputeId", lost.fen, lost."postedId", (
      select coalesce(sum(r.fen), 0)::bigint from refunds r
      where r.dispute_id = d.id and r.status = 'succeeded') as "countedFen"
    from disputes d join payments y on y.id = d.payment_id
    cross join lateral (
      select coalesce(-sum(p.fen), 0)::bigint as fen,
        max(t.id::text) filter (where t.kind = 'dispute') as "postedId"
      from ledger_transactions t join postings p on p.transaction_id = t.id
      join ledger_accounts a on a.id = p.account_id and a.code = 'dispute:withdrawn'
        || case when y.currency = 'cny' then '' else '-' || y.currency end
      where t.cause_type = 'dispute' and t.cause_id = d.id
        and t.idempotency_key like 'dispute-lost:%'
    ) lost where d.payment_id = ${paymentId} order by lost."postedId" nulls last, d.id`.execute(
    trx,
  );
  return rows;
}

/** What of it the bank has given is written down as given by it, and the rest stays asked for or owed. */
async function give(
  trx: DbTransaction<DB>,
  { sale, disputeId, now }: { sale: Sale; disputeId: string; now: Date },
  { request, parts, fen: wholeFen }: OnItsWay,
  fen: number,
): Promise<void> {
  const { first, rest } = cutParts(parts, fen);
  const { paymentId, orderId } = sale;
  if (request) await letGo(trx, request.id, GIVEN_BY_BANK);
  const { id } = await writeRefund(trx, {
    ...{ paymentId, orderId, fen, disputeId, reason: "by-bank", key: `by-bank:${uuidv7()}` },
    ...{ parcelId: request?.parcelId, note: request?.note, standsFor: request?.id },
  });
  await writeParts(trx, id, first);
  const given = { id, payment_id: paymentId, fen, bank_reference: null, dispute_id: disputeId };
  await postRefund(trx, given, now);
  await tellRefund(trx, id);
  if (!request) return;
  if (fen < wholeFen) await keepAsked(trx, sale, request, { fen: wholeFen - fen, parts: rest });
  await lookAtStripe(trx, paymentId);
}

/** That of just this amount first, then the oldest. */
function inTurn(all: readonly OnItsWay[], fen: number): OnItsWay[] {
  const same = all.find((each) => each.isAsked && each.fen === fen);
  return same ? [same, ...all.filter((each) => each !== same)] : [...all];
}

async function count(
  trx: DbTransaction<DB>,
  sale: Sale,
  { disputeId, fen, countedFen, postedId }: Verdict,
  now: Date,
): Promise<void> {
  let restFen = fen - countedFen;
  if (restFen <= 0 || postedId === null) return;
  for (const each of inTurn(await readOnItsWay(trx, sale, postedId), restFen)) {
    const ofEach = Math.min(restFen, each.fen);
    if (ofEach <= 0) return;
    await give(trx, { sale, disputeId, now }, each, ofEach);
    restFen -= ofEach;
  }
}

type Given = { id: string; fen: number; standsFor: string | null };

/** The bank has not given it after all: what was asked for is asked for again, a promise owed again. */
async function takeBack(
  trx: DbTransaction<DB>,
  sale: Sale,
  disputeId: string,
  now: Date,
): Promise<void> {
  const { rows } = await sql<Given>`
    select id, fen, stands_for_refund_id as "standsFor" from refunds
    where dispute_id = ${disputeId} and status = 'succeeded' order by id`.execute(trx);
  for (const { id, fen, standsFor } of rows) {
    await letGo(trx, id, GIVEN_BY_BANK);
    await reverseRefund(trx, id, now);
    if (standsFor) {
      await keepAsked(trx, sale, { id: standsFor }, { fen, parts: await readParts(trx, id) });
    }
    await tellTakenByBank(trx, id);
  }
}

/**
 * What a bank has given the buyer of a sale for good counts first as what was on its way to her by
 * then and has not reached her: refunds that were asked for and that Stripe does not have, refunds that
 * have failed and are owed to her (owe-promise.ts), and what else is kept for her (owe-buyer.ts). The
 * one of just the same amount first, then the oldest; a part of one where the bank gave less, and
 * the rest stays asked for or owed. Each is given out of its own parts, against the market's loss, by
 * a refund of its own (`by-bank`) that no Stripe is asked for; the request is let go of. Only what is
 * beyond is the market's (cover-loss.ts).
 *
 * Counted by what there is, so any number and order of looks come to the same: what Stripe had at the
 * time and did not bring counts as soon as it has failed; what was asked for after the verdict was heard never
 * does: who asked saw what her bank had given by then. What she asked for without having heard of the
 * verdict may be the same money, whichever came first by Stripe's time: it counts, or her buyer were
 * paid twice (set-apart.ts has the rule). What one bank takes back, the loss to another may count for. Of a verdict that a bank takes
 * back, or has yet to decide anew, everything is taken back: a promise is owed again by itself, a
 * request asked for again. The buyer is told of each. Of a payment put aside nothing counts: its loss
 * comes out of what was put aside (post-losses.ts). The caller holds the order's row and has posted the verdict.
 */
export async function countVerdicts(
  trx: DbTransaction<DB>,
  orderId: string,
  now: Date,
): Promise<void> {
  const sale = await readSale(trx, orderId);
  const before = sale ? await readVerdicts(trx, sale.paymentId) : [];
  if (!sale || before.length === 0) return;
  for (const { disputeId, fen, countedFen } of before) {
    if (countedFen > fen) await takeBack(trx, sale, disputeId, now);
  }
  for (const verdict of await readVerdicts(trx, sale.paymentId)) {
    await count(trx, sale, verdict, now);
  }
}
