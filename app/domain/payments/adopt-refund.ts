import { type Transaction as DbTransaction, type Kysely, sql } from "kysely";
import type { Charge } from "#app/gateways/payments.ts";
import type { DB } from "#db/schema.d.ts";
import { lockOrder } from "../orders/lock-order.ts";
import { cutParts } from "./cut-parts.ts";
import { letGo } from "./let-go.ts";
import { type ChargedPayment, planGiven, readLeftOf } from "./plan-given.ts";
import { readParts } from "./post-refund.ts";
import { GIVEN_BY_HAND, type RefundReason } from "./refund-reasons.ts";
import { type RefundPart, writeParts, writeRefund } from "./request-refund.ts";
import { setApart } from "./set-apart.ts";
import { isPromised } from "./take-owed.ts";
import { tellRefund } from "./tell-refund.ts";

type Given = Charge["refunds"][number];

type Open = {
  id: string;
  fen: number;
  reason: RefundReason;
  parcelId: string | null;
  note: string;
  userId: string | null;
  /** Stripe's word for why not; null of one that it was never asked for. */
  failure: string | null;
  refusals: number;
  tryAgainAt: Date | null;
  toldAt: Date | null;
};

/** Written down already, by another look at the same time. */
async function findAdopted(trx: DbTransaction<DB>, paymentId: string, given: Given) {
  const { rows } = await sql<{ id: string }>`
    select id from refunds where payment_id = ${paymentId}
      and (stripe_refund_id = ${given.id}
        or idempotency_key = ${`refund:${paymentId}:${given.id}`})`.execute(trx);
  return rows[0]?.id ?? null;
}

/**
 * What Stripe does not have: would not give for now, and the operator was asked to give by hand, or
 * was never asked for; oldest first. What it is being asked for, or was without an answer, it may have.
 */
async function readOpen(trx: DbTransaction<DB>, paymentId: string): Promise<Open[]> {
  const { rows } = await sql<Open>`
    select id, fen, reason, parcel_id as "parcelId", note, asked_by_user_id as "userId",
      failure, refusals, try_again_at as "tryAgainAt", told_at as "toldAt"
    from refunds where payment_id = ${paymentId} and status = 'requested'
      and stripe_refund_id is null and asking_at is null order by id`.execute(trx);
  return rows;
}

type Covered = { refused: Open; fen: number; first: RefundPart[]; rest: RefundPart[] };

/** Which of what was refused `fen` covers, the oldest first; the last of them maybe in part. */
async function cover(trx: DbTransaction<DB>, all: readonly Open[], fen: number) {
  const covered: Covered[] = [];
  let left = fen;
  for (const refused of all) {
    if (left === 0) break;
    const taken = Math.min(left, refused.fen);
    const parts = await readParts(trx, refused.id);
    // Of a payment put aside nothing is in parts.
    const of = parts.length > 0 ? cutParts(parts, taken) : { first: [], rest: [] };
    covered.push({ refused, fen: taken, ...of });
    left -= taken;
  }
  return { covered, left };
}

/** One of each account, line and promise. */
function merge(parts: readonly RefundPart[]): RefundPart[] {
  const sums = Map.groupBy(parts, (part) =>
    [part.account, part.orderLineId, part.promisedBy].join(" "),
  );
  return [...sums.values()].flatMap(([first, ...others]) =>
    first ? [{ ...first, fen: others.reduce((sum, { fen }) => sum + fen, first.fen) }] : [],
  );
}

/** What of a refused refund was not given by hand stays asked for, refused for now, and told. */
async function keepRest(trx: DbTransaction<DB>, payment: ChargedPayment, of: Covered, by: Given) {
  const fen = of.refused.fen - of.fen;
  if (fen === 0) return;
  const { reason, parcelId, note, userId, failure, refusals, tryAgainAt, toldAt } = of.refused;
  const asked = { paymentId: payment.id, orderId: payment.order_id, fen, reason, parcelId };
  const { id } = await writeRefund(trx, { ...asked, note, userId, toldAt, key: `rest:${by.id}` });
  await writeParts(trx, id, of.rest);
  await trx
    .updateTable("refunds")
    .set({ failure, refusals, try_again_at: tryAgainAt })
    .where("id", "=", id)
    .execute();
}

/** Refunds of ours that Stripe has not been heard of yet: it gives one of the two only. */
async function isUnderWay(trx: DbTransaction<DB>, paymentId: string): Promise<boolean> {
  const { rows } = await sql`select from refunds where payment_id = ${paymentId}
    and status = 'requested' and stripe_refund_id is null and failure is null`.execute(trx);
  return rows.length > 0;
}

/**
 * Writes down what somebody gave back at Stripe by hand; returns the refund that it is, for
 * keepRefund to bring to Stripe's state, or null when our books have not so much left and refunds of
 * ours are under way, which Stripe refuses then. In this order it is:
 * - a refund of ours of the same amount that Stripe refused for now, as the operator was asked to give
 *   it by hand, or was not asked for yet: Stripe is not asked for it again;
 * - what was promised by a refund of the same amount that had failed by then (owe-promise.ts), in its
 *   stead; what failed after it was given comes last of all (set-apart.ts, where the rule is);
 * - what else Stripe refused for now, the oldest first: those refunds are let go of (`failed`,
 *   "given-by-hand"), and of one that it covers in part the rest is asked for anew;
 * - what else is owed to the buyer, the oldest promise first (take-owed.ts), then the rest by the
 *   rules of plan-refund.ts; of a payment put aside any part of it;
 * - given twice, and the market's loss (plan-given.ts), until something is left again
 *   (recount-given.ts).
 *
 * What of it the buyer was told before she is not told again. Stripe's id goes with it: a row without one is a refund that we have yet to ask Stripe for. All in
 * one transaction; locks the order's row. `all` is what Stripe has given back of the payment.
 */
export async function adoptRefund(
  db: Kysely<DB>,
  payment: ChargedPayment,
  given: Given,
  all: readonly Given[],
): Promise<string | null> {
  return db.transaction().execute(async (trx) => {
    await lockOrder(trx, payment.order_id);
    const known = await findAdopted(trx, payment.id, given);
    if (known) return known;
    const made = async (id: string) => {
      const byStripe = { stripe_refund_id: given.id };
      await trx.updateTable("refunds").set(byStripe).where("id", "=", id).execute();
      return id;
    };
    const open = await readOpen(trx, payment.id);
    const same = open.find(({ fen }) => fen === given.fen);
    if (same) return made(same.id);
    const refused = open.filter(({ failure }) => failure !== null);
    const has = await setApart(trx, await readLeftOf(trx, payment), { given, all });
    const isFor = isPromised(
      has.filter((part) => !part.isLast),
      given.fen,
    );
    const { covered, left } = await cover(trx, isFor ? [] : refused, given.fen);
    const rest = await planGiven(trx, payment, { fen: left, has });
    if (rest.twiceFen > 0 && (await isUnderWay(trx, payment.id))) return null;
    for (const each of covered) await letGo(trx, each.refused.id, GIVEN_BY_HAND);
    const { id } = await writeRefund(trx, {
      ...{ paymentId: payment.id, orderId: payment.order_id, fen: given.fen },
      ...{ reason: "by-hand", key: given.id },
    });
    await writeParts(trx, id, merge([...covered.flatMap(({ first }) => first), ...rest.parts]));
    for (const each of covered) await keepRest(trx, payment, each, given);
    const told = covered.filter((each) => each.refused.toldAt !== null);
    const toldFen = told.reduce((sum, { fen }) => sum + fen, 0);
    if (toldFen > 0) await tellRefund(trx, id, { toldFen });
    return made(id);
  });
}
