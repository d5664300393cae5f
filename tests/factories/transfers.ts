import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import { refundParcel } from "#app/domain/parcels/refund-parcel.ts";
import { bookTransfer } from "#app/domain/payments/book-transfer.ts";
import { type OwedFor, planTransfer } from "#app/domain/payments/plan-transfer.ts";
import { settleRefunds } from "#app/domain/payments/settle-refunds.ts";
import { takeBackTransfer } from "#app/domain/payments/take-back-transfer.ts";
import type { DB } from "#db/schema.d.ts";
import type { TestPayments } from "#tests/setup/payments.ts";
import { carryOutRefunds, type makePaidCheckout, refusingForGood } from "./payments.ts";
import { operatorScope } from "./scopes.ts";

const operator = operatorScope({ userId: "operator" });

type Asked = { owedFor: OwedFor; fen: number; reference: string };

/** Books what was paid by bank transfer today, as it is planned now; its id. */
export async function makeTransfer(db: Kysely<DB>, { owedFor, fen, reference }: Asked) {
  const planned = await planTransfer(db, operator, { owedFor, fen });
  const booked = await bookTransfer(db, operator, {
    ...{ owedFor, fen, reference, paidOn: shanghaiDay(new Date()), clientKey: uuidv7() },
    seen: planned?.plan?.mark ?? "none",
  });
  if (!booked.ok) throw new Error(booked.reason);
  const row = db.selectFrom("refunds").select("id").where("bank_reference", "=", reference);
  return (await row.executeTakeFirstOrThrow()).id;
}

/** Somebody gives it back at Stripe by hand, and Stripe tells of it. */
export async function giveByHand(
  { db, payments }: { db: Kysely<DB>; payments: TestPayments },
  orderId: string,
  fen: number,
): Promise<void> {
  const { charge_id: chargeId } = await db
    .selectFrom("payments")
    .select("charge_id")
    .where("order_id", "=", orderId)
    .executeTakeFirstOrThrow();
  const charge = chargeId ?? "";
  await payments.stripe.refunds.create({ charge, amount: fen });
  const settled = await settleRefunds(db, payments.gateway, { chargeId: charge });
  if (!settled.ok) throw new Error(settled.reason);
}

/**
 * Of a paid order of one parcel Stripe refuses to give CNY 40 back, they are paid by bank transfer,
 * and nearly all of the order by hand: the buyer has more than she paid, and its parcel is called off.
 * Then the transfer comes back; so much (`shortFen`) is what she has too little now.
 */
export async function makeShortOfCalledOff(
  market: { db: Kysely<DB>; payments: TestPayments },
  order: Awaited<ReturnType<typeof makePaidCheckout>>,
  shortFen: number,
): Promise<void> {
  const { db, payments } = market;
  const { orderId, number, totalFen } = order;
  const [line] = order.lines;
  if (!line) throw new Error("the order has no line");
  const { scope, parcelId } = line;
  const of = { kind: "amount", fen: 4_000 } as const;
  await refundParcel(db, scope, { parcelId, of, clientKey: `short-${number}` });
  await carryOutRefunds(db, refusingForGood(payments), orderId);
  const asked = { owedFor: { orderNumber: number }, fen: 4_000, reference: `ICBC-${number}` };
  const refundId = await makeTransfer(db, asked);
  await giveByHand(market, orderId, totalFen - shortFen);
  await takeBackTransfer(db, operator, { refundId, fault: "transfer-returned" });
}
