import type { Kysely } from "kysely";
import { validate as isUuid } from "uuid";
import type { DB } from "#db/schema.d.ts";
import { isOrderNumber } from "../orders/order-number.ts";
import { ownsOrder } from "../orders/read-basket.ts";
import type { BuyerScope, CoopScope } from "../scopes.ts";
import type { InvoiceDetails } from "./invoice-rule.ts";

const COLUMNS = [
  "invoice_details.kind",
  "invoice_details.title",
  "invoice_details.tax_number as taxNumber",
] as const;

type Row = { kind: string; title: string; taxNumber: string | null };

// The table's CHECK holds that a company has a number and a person none.
const detailsOf = (row: Row | undefined) => (row ? (row as InvoiceDetails) : null);

/** What the buyer has asked to stand on the invoice for her own order; null for none. Locks nothing. */
export async function readInvoice(
  db: Kysely<DB>,
  buyer: BuyerScope,
  number: string,
): Promise<InvoiceDetails | null> {
  if (!isOrderNumber(number)) return null;
  const row = await db
    .selectFrom("invoice_details")
    .innerJoin("orders", "orders.id", "invoice_details.order_id")
    .where("orders.number", "=", number)
    .where(ownsOrder(buyer))
    .select(COLUMNS)
    .executeTakeFirst();
  return detailsOf(row);
}

/**
 * What is to stand on the invoice that the scope's cooperative writes for this parcel of its own;
 * null for none, and for another cooperative's parcel. Locks nothing.
 */
export async function readParcelInvoice(
  db: Kysely<DB>,
  scope: CoopScope,
  parcelId: string,
): Promise<InvoiceDetails | null> {
  if (!isUuid(parcelId)) return null;
  const row = await db
    .selectFrom("invoice_details")
    .innerJoin("parcels", "parcels.order_id", "invoice_details.order_id")
    .where("parcels.id", "=", parcelId)
    .where("parcels.cooperative_id", "=", scope.cooperativeId)
    .select(COLUMNS)
    .executeTakeFirst();
  return detailsOf(row);
}
