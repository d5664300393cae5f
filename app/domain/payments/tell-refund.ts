import { type Transaction as DbTransaction, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { buyerAddressee, CONFIRMED_BUYER } from "../messages/buyer-addressee.ts";
import { type Addressee, queueMessage } from "../messages/queue-message.ts";
import { IS_ASIDE, KEPT, STILL_OWED } from "../orders/owed-views.ts";
import { formatForeign } from "./currency-rule.ts";
import { leftFen } from "./left-fen.ts";
import type { RefundReason } from "./refund-reasons.ts";
import type { TransferFault } from "./transfer-rule.ts";

type RefundNews = {
  to: Addressee;
  locale: "zh" | "en";
  number: string;
  /** Of another currency in words. */
  fen: number | string;
  /** In the smallest unit of its currency. */
  wholeFen: number;
  currency: string;
  /** Owed to her still for this order, in fen of CNY. */
  restFen: number;
  reason: RefundReason;
  /**
   * What the cooperative wrote when it gave the money back or cancelled the parcel, or the bank's
   * reference of a transfer; else empty.
   */
  note: string;
  isTold: boolean;
  isFailed: boolean;
};

const amountOf = (fen: number, currency: string) =>
  currency === "cny" ? fen : formatForeign(fen, currency);

async function readNews(trx: DbTransaction<DB>, refundId: string): Promise<RefundNews | null> {
  const row = await trx
    .selectFrom("refunds")
    .innerJoin("orders", "orders.id", "refunds.order_id")
    .innerJoin("payments", "payments.id", "refunds.payment_id")
    .leftJoin("parcel_events as off", (join) =>
      join.onRef("off.parcel_id", "=", "refunds.parcel_id").on("off.kind", "=", "cancelled"),
    )
    .where("refunds.id", "=", refundId)
    .select(["orders.number", "orders.address", "orders.locale", CONFIRMED_BUYER.as("userId")])
    .select(["refunds.status", "refunds.told_at as toldAt"])
    .select(["refunds.fen", "refunds.reason", "refunds.note", "off.note as offNote"])
    .select(["refunds.bank_reference", "payments.currency", STILL_OWED.as("restFen")])
    .executeTakeFirst();
  if (!row) return null;
  return {
    to: buyerAddressee(row),
    locale: row.locale === "en" ? "en" : "zh",
    number: row.number,
    fen: amountOf(row.fen, row.currency),
    wholeFen: row.fen,
    currency: row.currency,
    restFen: row.restFen,
    // The only writer of the column takes a RefundReason.
    reason: row.reason as RefundReason,
    isTold: row.toldAt !== null,
    isFailed: row.status === "failed",
    note: row.bank_reference ?? (row.note || (row.offNote ?? "")),
  };
}

/**
 * Owes the buyer a text message about a refund, once, in the caller's transaction: about all of it
 * but `toldFen`, which she was told of when it was asked for. Nothing is owed when it has been told,
 * has failed, or there is no such refund. Locks nothing.
 */
export async function tellRefund(
  trx: DbTransaction<DB>,
  refundId: string,
  { toldFen = 0 }: { toldFen?: number } = {},
): Promise<void> {
  const news = await readNews(trx, refundId);
  if (!news || news.isFailed || news.isTold) return;
  const { to, locale, number, wholeFen, currency, reason, note, restFen } = news;
  if (wholeFen > toldFen) {
    const fen = amountOf(wholeFen - toldFen, currency);
    await queueMessage(trx, {
      to,
      template: `refund.${reason}`,
      params: { number, fen, note, ...(reason === "by-transfer" && { restFen }) },
      key: `refund:${refundId}`,
      locale,
    });
  }
  await trx
    .updateTable("refunds")
    .set({ told_at: new Date() })
    .where("id", "=", refundId)
    .execute();
}

/**
 * Owes the buyer a text message that a payment of hers which brought no order, too late or a second
 * time, cannot be given back for now and is kept for her, once. Nothing of any other refund, or of one
 * that she was told has gone. Once it goes she is told that too. Locks nothing.
 */
export async function tellKept(trx: DbTransaction<DB>, refundId: string): Promise<void> {
  const news = await readNews(trx, refundId);
  if (!news || news.isTold) return;
  const { to, locale, number, fen, reason } = news;
  if (reason !== "late-payment" && reason !== "second-payment") return;
  await queueMessage(trx, {
    to,
    template: `refund.${reason}-kept`,
    params: { number, fen },
    key: `refund-kept:${refundId}`,
    locale,
  });
}

/**
 * Owes the buyer a text message that a refund she was told of has not arrived, and what happens next,
 * once. When she was told nothing, only of what she paid and got no order for (tellKept). Nothing when
 * she has the money otherwise: nothing of it is owed to her then. The caller holds the order's row.
 */
export async function tellFailed(trx: DbTransaction<DB>, refundId: string): Promise<void> {
  const news = await readNews(trx, refundId);
  if (!news || !(await isOwedFor(trx, refundId))) return;
  if (!news.isTold) return tellKept(trx, refundId);
  const { to, locale, number, fen } = news;
  await queueMessage(trx, {
    to,
    template: "refund.not-arrived",
    params: { number, fen },
    key: `refund-not-arrived:${refundId}`,
    locale,
  });
}

/** Whether something that a failed refund had promised is still with us. */
async function isOwedFor(trx: DbTransaction<DB>, refundId: string): Promise<boolean> {
  const { rows } = await sql<{ isOwed: boolean }>`
    select coalesce(case when ${IS_ASIDE} then ${leftFen(sql`y`)} else ${KEPT} end, 0) > 0 as "isOwed"
    from refunds r join payments y on y.id = r.payment_id join orders on orders.id = r.order_id
    where r.id = ${refundId}`.execute(trx);
  return rows[0]?.isOwed ?? false;
}

/**
 * Owes the buyer a text message that her bank has taken back, or looks anew at, what it had given her
 * and she was told of (count-verdicts.ts), once; nothing when she was told nothing. Locks nothing.
 */
export async function tellTakenByBank(trx: DbTransaction<DB>, refundId: string): Promise<void> {
  const news = await readNews(trx, refundId);
  if (!news?.isTold) return;
  const { to, locale, number, fen } = news;
  await queueMessage(trx, {
    to,
    template: "refund.bank-took-back",
    params: { number, fen },
    key: `refund-taken-by-bank:${refundId}`,
    locale,
  });
}

/** Owes the buyer a text message that a bank transfer she was told of is none, once. Locks nothing. */
export async function tellTakenBack(
  trx: DbTransaction<DB>,
  refundId: string,
  fault: TransferFault,
): Promise<void> {
  const news = await readNews(trx, refundId);
  if (!news) return;
  const { to, locale, number, fen, note, restFen } = news;
  await queueMessage(trx, {
    to,
    template: `refund.${fault}`,
    params: { number, fen, note, restFen },
    key: `refund-taken-back:${refundId}`,
    locale,
  });
}
