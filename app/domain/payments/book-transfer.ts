import { type Transaction as DbTransaction, type Kysely, sql } from "kysely";
import { validate as isUuid } from "uuid";
import type { OperatorScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { noteAct } from "../audit/note-act.ts";
import { shanghaiDay } from "../calendar/day-rule.ts";
import { type LockedOrder, lockOrder } from "../orders/lock-order.ts";
import { isOrderNumber } from "../orders/order-number.ts";
import { type AsidePayment, giveBackAside, readAside } from "./aside-payment.ts";
import { giveMoney } from "./keep-refund.ts";
import type { OwedFor } from "./plan-transfer.ts";
import { requestOrderRefund } from "./request-order-refund.ts";
import { LONGEST_REFERENCE } from "./transfer-rule.ts";

export type BookedTransfer =
  | { ok: true; fen: number; isNew: boolean }
  | {
      ok: false;
      reason:
        | "not-found"
        | "not-an-amount"
        | "not-a-reference"
        | "day-in-future"
        | "day-before-payment"
        | "reference-used"
        | "taken-back"
        | "plan-changed";
    }
  | { ok: false; reason: "more-than-owed"; owedFen: number }
  /** By the same key: this one. */
  | ({ ok: false; reason: "booked-before" } & BookedBefore);

export type BookedBefore = Pick<Transfer, "fen" | "paidOn" | "reference">;

type Transfer = {
  owedFor: OwedFor;
  fen: number;
  /** The day in China on which it was paid, "2026-11-22". */
  paidOn: string;
  /** The bank's own number of the transfer. */
  reference: string;
  clientKey: string;
  /** The mark of the plan that was shown (see plan-transfer.ts). */
  seen: string;
  now?: Date;
};

type Creditor = { order: LockedOrder; paidAt: Date; aside: AsidePayment | null };

/** Whom it is paid to, with the order's row locked. */
async function lockCreditor(trx: DbTransaction<DB>, owedFor: OwedFor): Promise<Creditor | null> {
  if ("paymentId" in owedFor) {
    const found = isUuid(owedFor.paymentId) ? await readAside(trx, owedFor.paymentId) : null;
    const order = found && (await lockOrder(trx, found.orderId));
    const aside = order && (await readAside(trx, found.id));
    return aside && { order, paidAt: aside.paidAt, aside };
  }
  if (!isOrderNumber(owedFor.orderNumber)) return null;
  const found = await trx
    .selectFrom("orders")
    .select(["id", "paid_at"])
    .where("number", "=", owedFor.orderNumber)
    .executeTakeFirst();
  const order = found?.paid_at ? await lockOrder(trx, found.id) : null;
  return order && found?.paid_at ? { order, paidAt: new Date(found.paid_at), aside: null } : null;
}

/** Under another key: the same transfer, booked by somebody else or from another page. */
async function isBooked(
  trx: DbTransaction<DB>,
  { order, aside }: Creditor,
  reference: string,
  key: string,
): Promise<boolean> {
  const { rows } = await sql`select from refunds r where r.order_id = ${order.id}
    and r.bank_reference = ${reference} and r.status <> 'failed'
    and r.idempotency_key <> 'refund:' || r.payment_id || ':' || ${key}
    and case when ${aside?.id ?? null}::uuid is null then not exists (
        select from ledger_transactions t where t.idempotency_key = 'suspense:' || r.payment_id)
      else r.payment_id = ${aside?.id ?? null}::uuid end`.execute(trx);
  return rows.length > 0;
}

/** It was booked from this very form, and taken back since: the form stands for nothing any more. */
async function wasTakenBack(trx: DbTransaction<DB>, { order }: Creditor, key: string) {
  const { rows } = await sql`select from refunds r where r.order_id = ${order.id}
    and r.idempotency_key = 'refund:' || r.payment_id || ':' || ${key}
    and r.status = 'failed'`.execute(trx);
  return rows.length > 0;
}

/** Noon of that day in China, or this moment while it is not noon yet. */
function momentOf(paidOn: string, now: Date): Date {
  const noon = new Date(`${paidOn}T12:00:00+08:00`);
  return noon < now ? noon : now;
}

/**
 * Books what the operator has paid a buyer by bank transfer because Stripe could not give it back:
 * a refund out of what is kept for her (`owed:<slug>`, see owe-buyer.ts), or out of a payment that
 * was put aside (`suspense:payments`, in its own currency), posted against the market's bank account
 * (`bank:market`) in the same database transaction, and known to no Stripe. Her order and its
 * payment go on as after any refund, she is told by text message, and the audit log says who booked
 * it. The same `clientKey` again is the same transfer (`isNew: false`), where it says the same, until
 * that is taken back (take-back-transfer.ts). A dispute that is open stops nothing: what has been paid is a fact.
 *
 * `fen` is whole fen, or whole smallest units of the payment's currency. Fails, booking nothing, with
 * "not-found" (also for an order never paid, or a payment that is a sale), "not-an-amount" (zero,
 * negative, not whole), "more-than-owed" (with what is owed and not on its way), "not-a-reference"
 * (empty or too long), "taken-back" (this `clientKey` booked one that was taken back),
 * "booked-before" (this `clientKey` booked another amount, day or reference, which come back),
 * "reference-used" (a transfer of this reference is booked for the same),
 * "day-in-future", "day-before-payment" or "plan-changed" (something else was given back since the
 * plan was shown). Locks the order's row. Rules 2, 3 and 4 of the product.
 */
export async function bookTransfer(
  db: Kysely<DB>,
  operator: OperatorScope,
  transfer: Transfer,
): Promise<BookedTransfer> {
  const { fen, paidOn, reference, seen, now = new Date() } = transfer;
  if (reference === "" || reference.length > LONGEST_REFERENCE) {
    return { ok: false, reason: "not-a-reference" };
  }
  if (paidOn > shanghaiDay(now)) return { ok: false, reason: "day-in-future" };
  return db.transaction().execute(async (trx): Promise<BookedTransfer> => {
    const creditor = await lockCreditor(trx, transfer.owedFor);
    if (!creditor) return { ok: false, reason: "not-found" };
    const { order, paidAt, aside } = creditor;
    if (paidOn < shanghaiDay(paidAt)) return { ok: false, reason: "day-before-payment" };
    const key = `transfer:${transfer.clientKey}`;
    if (await wasTakenBack(trx, creditor, key)) return { ok: false, reason: "taken-back" };
    if (await isBooked(trx, creditor, reference, key)) {
      return { ok: false, reason: "reference-used" };
    }
    const of = { key, seen, userId: operator.userId, transfer: { paidOn, reference } };
    const asked = aside
      ? await giveBackAside(trx, aside, { fen, ...of })
      : await requestOrderRefund(trx, {
          ...{ ...of, orderId: order.id, parcelId: null, of: { kind: "owed", fen } },
          ...{ reason: "by-transfer", isGiven: true },
        });
    if (!asked.ok) return refusalOf(asked);
    if (!asked.isNew) return bookedBefore(trx, asked.refundId, transfer);
    const refund = await trx
      .selectFrom("refunds")
      .select(["id", "payment_id", "fen", "bank_reference"])
      .where("id", "=", asked.refundId)
      .executeTakeFirstOrThrow();
    await giveMoney(trx, order, refund, { now, occurredAt: momentOf(paidOn, now) });
    await noteAct(trx, {
      ...{ actor: operator.userId, action: "refund.paid-by-transfer" },
      ...{ subject: { type: "refund", id: refund.id }, after: { fen, paidOn, reference } },
    });
    return { ok: true, fen, isNew: true };
  });
}

/** Booked from this very form: the same transfer, or another. */
async function bookedBefore(
  trx: DbTransaction<DB>,
  refundId: string,
  { fen, paidOn, reference }: Transfer,
): Promise<BookedTransfer> {
  const { rows } = await sql<BookedBefore>`select fen, paid_on::text as "paidOn",
    bank_reference as reference from refunds where id = ${refundId}`.execute(trx);
  const [before] = rows;
  if (!before) throw new Error(`refund ${refundId} is gone`);
  const isSame = before.fen === fen && before.paidOn === paidOn && before.reference === reference;
  return isSame
    ? { ok: true, fen, isNew: false }
    : { ok: false, reason: "booked-before", ...before };
}

/** What giving back what is owed may be refused for; all else would be a bug. */
function refusalOf(
  refused: Extract<Awaited<ReturnType<typeof requestOrderRefund>>, { ok: false }>,
): BookedTransfer {
  if (refused.reason === "more-than-left") {
    return { ok: false, reason: "more-than-owed", owedFen: refused.leftFen };
  }
  if (refused.reason === "not-an-amount" || refused.reason === "plan-changed") {
    return { ok: false, reason: refused.reason };
  }
  if (refused.reason === "not-paid") return { ok: false, reason: "not-found" };
  throw new Error(`a transfer cannot be ${refused.reason}`);
}
