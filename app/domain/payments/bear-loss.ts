import type { Transaction as DbTransaction } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { countVerdicts } from "./count-verdicts.ts";
import { coverLoss, readLoss } from "./cover-loss.ts";
import { keepUnshipped } from "./keep-unshipped.ts";
import type { PaymentStanding } from "./payment-standing.ts";
import { uncoverLoss } from "./uncover-loss.ts";

/**
 * What refunds and a dispute's verdict mean for an order's goods and for those who sold them, as
 * its sale's payment stands now: what a bank gave is first what was on its way to the buyer
 * (count-verdicts.ts); when the buyer has all of it nothing more is sent, and where a
 * bank has helped her to it, what goods on sale again had brought pays for the loss. When a bank has taken its verdict back, what
 * had paid for it goes back where it came from; while one has yet to decide the market keeps it,
 * so that nobody is paid with it meanwhile. Nothing happens a second time. The caller holds the
 * order's row; parcels and lots are locked after it, by id.
 */
export async function bearLoss(
  trx: DbTransaction<DB>,
  orderId: string,
  { status }: PaymentStanding,
  now: Date,
): Promise<void> {
  await countVerdicts(trx, orderId, now);
  if (status === "refunded") await keepUnshipped(trx, orderId, now);
  const loss = await readLoss(trx, orderId);
  if (loss && loss.fen < 0 && status !== "disputed") await uncoverLoss(trx, orderId, now);
  await coverLoss(trx, orderId, now);
}
