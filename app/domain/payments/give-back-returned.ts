import type { Transaction as DbTransaction } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { DB } from "#db/schema.d.ts";
import { readCalledOff } from "./read-called-off.ts";
import { requestOrderRefund } from "./request-order-refund.ts";

/**
 * Asks back for the buyer what the accounts have left of parcels that were called off: a bank had
 * given her that money, or kept us from doing so, and has decided for us. She has no goods, and
 * they are on sale again, so it is hers; were it left to the household, one box would be paid
 * twice. Does nothing while another dispute is open. The caller holds the order's row and calls
 * once for each time that a bank decides, in the transaction that writes the decision down: a run cut
 * short has asked for nothing, and one carried out again finds that it is decided. The key is
 * another each time, since a bank may decide so again after what was asked for has failed; Stripe
 * is only ever asked with the key that was written down.
 */
export async function giveBackReturned(trx: DbTransaction<DB>, orderId: string): Promise<void> {
  for (const parcelId of await readCalledOff(trx, orderId)) {
    await requestOrderRefund(trx, {
      orderId,
      parcelId,
      of: { kind: "all" },
      reason: "cancelled-by-cooperative",
      key: `returned:${uuidv7()}`,
      userId: null,
    });
  }
}
