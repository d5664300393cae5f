import type { Kysely } from "kysely";
import type { DB } from "#db/schema.d.ts";
import type { RefundReason } from "./refund-reasons.ts";

export type RefundNews = {
  /** E.164. */
  phone: string;
  locale: "zh" | "en";
  number: string;
  fen: number;
  reason: RefundReason;
  /** What the cooperative wrote when it gave the money back or cancelled the parcel; else empty. */
  note: string;
};

/** An order's phone is kept as it was written on the parcel: a number of China without its +86. */
const international = (phone: string) => (phone.startsWith("+") ? phone : `+86${phone}`);

/**
 * What the buyer is to be told of a refund; null when there is nothing to tell: it has been told,
 * it failed, or there is no such refund. Locks nothing.
 */
export async function readRefundNews(db: Kysely<DB>, refundId: string): Promise<RefundNews | null> {
  const row = await db
    .selectFrom("refunds")
    .innerJoin("orders", "orders.id", "refunds.order_id")
    .leftJoin("parcel_events as off", (join) =>
      join.onRef("off.parcel_id", "=", "refunds.parcel_id").on("off.kind", "=", "cancelled"),
    )
    .where("refunds.id", "=", refundId)
    .where("refunds.told_at", "is", null)
    .where("refunds.status", "<>", "failed")
    .select(["orders.number", "orders.address", "orders.locale"])
    .select(["refunds.fen", "refunds.reason", "refunds.note", "off.note as offNote"])
    .executeTakeFirst();
  if (!row) return null;
  const { phone } = row.address as { phone: string };
  return {
    phone: international(phone),
    locale: row.locale === "en" ? "en" : "zh",
    number: row.number,
    fen: row.fen,
    // The only writer of the column takes a RefundReason.
    reason: row.reason as RefundReason,
    note: row.note || (row.offNote ?? ""),
  };
}

/** Notes that the buyer has been told, so that a job run again sends no second message. */
export async function markRefundTold(db: Kysely<DB>, refundId: string): Promise<void> {
  await db.updateTable("refunds").set({ told_at: new Date() }).where("id", "=", refundId).execute();
}
