import { type Transaction as DbTransaction, type Kysely, sql } from "kysely";
import { validate as isUuid } from "uuid";
import type { OperatorScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { isOrderNumber } from "../orders/order-number.ts";
import { markOfAside, readAside } from "./aside-payment.ts";
import { markOfPlan } from "./mark-of-plan.ts";
import { planRefund } from "./plan-refund.ts";
import { readLeft, readRefundable } from "./read-left.ts";
import { isOwed } from "./take-owed.ts";

/** For what money is owed: a paid order (see owe-buyer.ts), or a payment that was put aside. */
export type OwedFor = { orderNumber: string } | { paymentId: string };

export type Owed = {
  orderNumber: string;
  /** What may be paid by transfer now; 0 when nothing is owed. In the currency's smallest unit. */
  owedFen: number;
  currency: string;
  /** A bank has the payment in dispute, and may give the buyer the same money. */
  isDisputed: boolean;
};

/** One posting as it would be: debits positive. `title…` is the line's; null for all else. */
export type PlannedPosting = {
  account: string;
  titleZh: string | null;
  titleEn: string | null;
  fen: number;
};

export type TransferPlan = { mark: string; postings: PlannedPosting[] };
type Planned = { owed: Owed; plan: TransferPlan | null };

type Titled = { id: string; titleZh: string; titleEn: string };

async function planForOrder(
  trx: DbTransaction<DB>,
  orderNumber: string,
  fen: number,
): Promise<Planned | null> {
  if (!isOrderNumber(orderNumber)) return null;
  const { rows } = await sql<{ orderId: string; isDisputed: boolean; lines: Titled[] }>`
    select o.id as "orderId",
      exists (select from payments p where p.order_id = o.id and p.status = 'disputed')
        as "isDisputed",
      (select jsonb_agg(jsonb_build_object('id', l.id, 'titleZh', l.title_zh,
        'titleEn', l.title_en)) from order_lines l where l.order_id = o.id) as lines
    from orders o where o.number = ${orderNumber} and o.paid_at is not null`.execute(trx);
  const order = rows[0];
  if (!order) return null;
  const { orderId, isDisputed, lines } = order;
  const left = await readLeft(trx, orderId, null);
  const mostFen = await readRefundable(trx, orderId);
  const keptFen = left.filter(isOwed).reduce((sum, part) => sum + part.fen, 0);
  const owedFen = Math.min(keptFen, mostFen);
  const owed = { orderNumber, owedFen, currency: "cny", isDisputed };
  const planned = planRefund(left, { kind: "owed", fen }, mostFen);
  if (!planned.ok) return { owed, plan: null };
  const gives = planned.parts.map(({ account, orderLineId, fen: partFen }) => {
    const line = lines.find(({ id }) => id === orderLineId);
    const [titleZh, titleEn] = [line?.titleZh ?? null, line?.titleEn ?? null];
    return { account, titleZh, titleEn, fen: partFen };
  });
  const bank = { account: "bank:market", titleZh: null, titleEn: null, fen: -fen };
  return { owed, plan: { mark: markOfPlan(left, planned.parts), postings: [...gives, bank] } };
}

async function planForAside(
  trx: DbTransaction<DB>,
  paymentId: string,
  fen: number,
): Promise<Planned | null> {
  const aside = isUuid(paymentId) ? await readAside(trx, paymentId) : null;
  if (!aside) return null;
  const { orderNumber, currency, isDisputed, leftFen } = aside;
  const owed = { orderNumber, owedFen: Math.max(0, leftFen), currency, isDisputed };
  if (!Number.isSafeInteger(fen) || fen <= 0 || fen > leftFen) return { owed, plan: null };
  const suffix = currency === "cny" ? "" : `-${currency}`;
  const on = (account: string, signed: number) => {
    return { account: `${account}${suffix}`, titleZh: null, titleEn: null, fen: signed };
  };
  const postings = [on("suspense:payments", fen), on("bank:market", -fen)];
  return { owed, plan: { mark: markOfAside(aside, fen), postings } };
}

/**
 * What is owed for an order or a payment put aside that no refund is bringing back, and, for `fen`
 * of it, the postings that booking a transfer of so much would make; `plan` is null when it is more
 * than is owed or no amount. `plan.mark` given to bookTransfer as `seen` makes sure that just this
 * is booked. Null when there is no such order or payment, the order was never paid, or the payment
 * is its sale. Locks nothing, writes nothing.
 */
export async function planTransfer(
  db: Kysely<DB>,
  _operator: OperatorScope,
  { owedFor, fen = 0 }: { owedFor: OwedFor; fen?: number },
): Promise<Planned | null> {
  return db
    .transaction()
    .execute((trx) =>
      "paymentId" in owedFor
        ? planForAside(trx, owedFor.paymentId, fen)
        : planForOrder(trx, owedFor.orderNumber, fen),
    );
}
