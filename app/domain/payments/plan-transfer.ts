import { type Kysely, sql } from "kysely";
import type { OperatorScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { isOrderNumber } from "../orders/order-number.ts";
import { markOfPlan } from "./mark-of-plan.ts";
import { isOwed, planRefund } from "./plan-refund.ts";
import { readLeft, readRefundable } from "./read-left.ts";

export type OwedOrder = {
  orderId: string;
  orderNumber: string;
  /** What may be paid by transfer now, in fen; 0 when nothing is owed. */
  owedFen: number;
  /** A bank has the payment in dispute, and may give the buyer the same money. */
  isDisputed: boolean;
  paidAt: Date;
};

/** One posting as it would be: debits positive. `title…` is the line's; null for freight and the bank. */
type PlannedPosting = {
  account: string;
  titleZh: string | null;
  titleEn: string | null;
  fen: number;
};

export type TransferPlan = { mark: string; postings: PlannedPosting[] };

type Titled = { id: string; titleZh: string; titleEn: string };

/**
 * What an order's buyer is owed that no refund is bringing her, and, for `fen` of it, the postings
 * that booking a transfer of so much would make; `plan` is null when it is more than is owed or no
 * amount. `plan.mark` given to bookTransfer as `seen` makes sure that just this is booked. Null
 * when there is no such order, or it was never paid. Locks nothing, writes nothing.
 */
export async function planTransfer(
  db: Kysely<DB>,
  _operator: OperatorScope,
  { orderNumber, fen = 0 }: { orderNumber: string; fen?: number },
): Promise<{ owed: OwedOrder; plan: TransferPlan | null } | null> {
  if (!isOrderNumber(orderNumber)) return null;
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql<Omit<OwedOrder, "owedFen"> & { lines: Titled[] }>`
      select o.id as "orderId", o.number as "orderNumber", o.paid_at as "paidAt",
        exists (select from payments p where p.order_id = o.id and p.status = 'disputed')
          as "isDisputed",
        (select jsonb_agg(jsonb_build_object('id', l.id, 'titleZh', l.title_zh,
          'titleEn', l.title_en)) from order_lines l where l.order_id = o.id) as lines
      from orders o where o.number = ${orderNumber} and o.paid_at is not null`.execute(trx);
    const order = rows[0];
    if (!order) return null;
    const { lines, ...of } = order;
    const left = await readLeft(trx, order.orderId, null);
    const mostFen = await readRefundable(trx, order.orderId);
    const owedFen = left.filter(isOwed).reduce((sum, part) => sum + part.fen, 0);
    const owed = { ...of, owedFen: Math.min(owedFen, mostFen) };
    const planned = planRefund(left, { kind: "owed", fen }, mostFen);
    if (!planned.ok) return { owed, plan: null };
    const gives = planned.parts.map(({ account, orderLineId, fen: partFen }) => {
      const line = lines.find(({ id }) => id === orderLineId);
      const [titleZh, titleEn] = [line?.titleZh ?? null, line?.titleEn ?? null];
      return { account, titleZh, titleEn, fen: partFen };
    });
    const bank = { account: "bank:market", titleZh: null, titleEn: null, fen: -fen };
    return { owed, plan: { mark: markOfPlan(left, planned.parts), postings: [...gives, bank] } };
  });
}
