import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import { bookTransfer } from "#app/domain/payments/book-transfer.ts";
import { decideFailed } from "#app/domain/payments/decide-failed.ts";
import { planTransfer } from "#app/domain/payments/plan-transfer.ts";
import { takeBackTransfer } from "#app/domain/payments/take-back-transfer.ts";
import { operatorScope } from "#tests/factories/scopes.ts";
import { at } from "./model.ts";
import { again, type Real } from "./real.ts";

const operator = operatorScope({ userId: "operator" });

/** The operator books what she has paid of an order, or of a payment put aside, as the page planned it. */
export async function bookPaid(real: Real, index: number, fen: number): Promise<string> {
  const { db, bank } = real;
  const { rows } = await sql<{ id: string; number: string; isAside: boolean }>`
    select p.id, o.number, exists (select from ledger_transactions t
      where t.idempotency_key = 'suspense:' || p.id) as "isAside"
    from payments p join orders o on o.id = p.order_id
    where p.payment_intent_id = ${bank.paidPage(index).payment?.id}`.execute(db);
  const { id, number, isAside } = at(rows, 0);
  const owedFor = isAside ? { paymentId: id } : { orderNumber: number };
  const planned = await planTransfer(db, operator, { owedFor, fen });
  const booked = await bookTransfer(db, operator, {
    ...{ owedFor, fen, reference: uuidv7(), clientKey: uuidv7(), now: real.now() },
    ...{ paidOn: shanghaiDay(real.now()), seen: planned?.plan?.mark ?? "" },
  });
  return booked.ok ? `booked ${booked.fen}` : booked.reason;
}

export async function takeBackPaid(real: Real, index: number): Promise<string> {
  const of = {
    refundId: at(real.refunds, index),
    fault: "transfer-returned",
    now: real.now(),
  } as const;
  const taken = await takeBackTransfer(real.db, operator, of);
  return taken.ok ? `taken back ${again(taken.isNew)}` : taken.reason;
}

export async function decideByHand(real: Real, index: number, isMeant: boolean): Promise<string> {
  const decided = await decideFailed(real.db, operator, {
    ...{ refundId: at(real.refunds, index), decision: isMeant ? "keep" : "leave" },
    now: real.now(),
  });
  if (decided.ok) return "decided";
  return decided.reason === "not-found" ? decided.reason : `${decided.reason} ${decided.leftFen}`;
}
