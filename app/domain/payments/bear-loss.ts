import type { Transaction as DbTransaction } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { coverLoss } from "./cover-loss.ts";
import { keepUnshipped } from "./keep-unshipped.ts";
import type { PaymentStanding } from "./payment-standing.ts";

/**
 * What a lost dispute means for an order's goods and for those who sold them, as its sale's payment
 * stands now: when all of it is back with the buyer nothing more is sent, and what goods on sale
 * again had brought pays for the loss. Does nothing where no dispute was lost, and nothing a
 * second time. The caller holds the order's row; parcels and lots are locked after it, by id.
 */
export async function bearLoss(
  trx: DbTransaction<DB>,
  orderId: string,
  { status, lostFen }: PaymentStanding,
  now: Date,
): Promise<void> {
  if (lostFen === 0) return;
  if (status === "refunded") await keepUnshipped(trx, orderId, now);
  await coverLoss(trx, orderId, now);
}
