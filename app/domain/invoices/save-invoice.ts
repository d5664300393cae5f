import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { findOrder } from "../orders/find-order.ts";
import { lockOrder } from "../orders/lock-order.ts";
import type { BuyerScope } from "../scopes.ts";
import { type InvoiceDetails, invoicedStatuses } from "./invoice-rule.ts";

/**
 * Keeps what is to stand on the invoice for the buyer's own order, in the stead of what was kept
 * before; the same sent again changes nothing. The details are those that invoice-rule.ts lets through.
 *
 * Fails with "order-not-found" (also for another buyer's) and "not-invoiced" (nothing of it is paid,
 * or all of it goes back). Locks the order's row, so that nobody writes one while it is called off.
 */
export async function saveInvoice(
  db: Kysely<DB>,
  buyer: BuyerScope,
  { number, details }: { number: string; details: InvoiceDetails },
): Promise<{ ok: true } | { ok: false; reason: "order-not-found" | "not-invoiced" }> {
  return db.transaction().execute(async (trx) => {
    const orderId = await findOrder(trx, buyer, number);
    const order = orderId && (await lockOrder(trx, orderId));
    if (!order) return { ok: false, reason: "order-not-found" };
    if (!invoicedStatuses.includes(order.status)) return { ok: false, reason: "not-invoiced" };
    const { kind, title, taxNumber: tax_number } = details;
    await trx
      .insertInto("invoice_details")
      .values({ order_id: order.id, kind, title, tax_number })
      .onConflict((conflict) =>
        conflict
          .column("order_id")
          .doUpdateSet({ kind, title, tax_number, updated_at: sql`now()` }),
      )
      .execute();
    return { ok: true };
  });
}
