import type { Transaction as DbTransaction } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { type LeftPart, type PlannedRefund, planRefund } from "./plan-refund.ts";
import { readLeft, readRefundable } from "./read-left.ts";
import { type RequestedRefund, readSalePayment } from "./request-order-refund.ts";
import { splitRefund } from "./split-refund.ts";
import { isOwed } from "./take-owed.ts";

export type PlannedMissing =
  | { ok: true /** What the sellers of the line have left of it. */; left: LeftPart[] }
  | Extract<PlannedRefund | RequestedRefund, { ok: false }>;

/**
 * Whether the money for some units of a line could go back to its buyer now, which is what may buy
 * something else for her. Fails as requestOrderRefund does; what is kept for her of a refund that
 * failed is promised to her already and buys nothing. The caller holds the order's row.
 */
export async function planMissing(
  trx: DbTransaction<DB>,
  of: { orderId: string; parcelId: string; orderLineId: string; quantity: number },
): Promise<PlannedMissing> {
  const { orderId, parcelId, orderLineId, quantity } = of;
  const payment = await readSalePayment(trx, orderId);
  if (!payment) return { ok: false, reason: "not-paid" };
  if (payment.isMadeUp) return { ok: false, reason: "payment-made-up" };
  if (payment.isAtBank) return { ok: false, reason: "payment-disputed" };
  const left = (await readLeft(trx, orderId, parcelId)).filter(
    (part) => part.orderLineId === orderLineId && !isOwed(part),
  );
  const most = await readRefundable(trx, orderId);
  const planned = planRefund(left, { kind: "quantity", orderLineId, quantity }, most);
  return planned.ok ? { ok: true, left } : planned;
}

/** What each of `left` gives of so many fen of a line: as it would of a refund (split-refund.ts). Pure. */
export function shareOut(left: readonly LeftPart[], fen: number): LeftPart[] {
  const shares = splitRefund(
    fen,
    left.map((part) => part.fen),
  );
  return left
    .map((part, index) => ({ ...part, fen: shares[index] ?? 0 }))
    .filter((part) => part.fen > 0);
}
