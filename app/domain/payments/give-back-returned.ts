import { type Transaction as DbTransaction, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { DB } from "#db/schema.d.ts";
import type { Sale } from "./on-its-way.ts";
import { readCalledOff } from "./read-called-off.ts";
import type { RefundReason } from "./refund-reasons.ts";
import { DISPUTED } from "./refusal-rule.ts";
import { requestOrderRefund } from "./request-order-refund.ts";

type HeldBack = { id: string; parcelId: string | null; reason: RefundReason; note: string };

/**
 * Refunds that Stripe would not take because of a dispute, and that nothing was sent in the stead of
 * since, oldest first; none while a dispute of the payment is lost, as Stripe takes none then.
 */
async function readHeldBack(trx: DbTransaction<DB>, paymentId: string): Promise<HeldBack[]> {
  const { rows } = await sql<HeldBack>`
    select r.id, r.parcel_id as "parcelId", r.reason, r.note from refunds r
    where r.payment_id = ${paymentId} and r.status = 'failed' and r.stripe_refund_id is null
      and r.failure = any(${[...DISPUTED]}::text[])
      and not exists (select from disputes d where d.payment_id = r.payment_id
        and d.status = 'lost')
      and not exists (select from refund_parts s join refunds sent on sent.id = s.refund_id
        where s.replaces_refund_id = r.id and sent.stripe_refund_id is not null)
    order by r.id`.execute(trx);
  return rows;
}

/**
 * Asks back for the buyer what a bank had kept from her and has decided for us: what the accounts have
 * left of parcels that were called off and no refund has promised (a bank had given her that money; she
 * has no goods, and they are on sale again, so it is hers: were it left to the household, one box would
 * be paid twice), and what refunds had promised that Stripe would not take because of a dispute, once
 * none of the payment is lost any more.
 *
 * What a refund had promised that Stripe took and her bank sent back, or that Stripe refused for
 * something else, has nothing to do with a verdict: it stays owed to her (owe-promise.ts), whether the
 * verdict was heard of before it failed or after. Does nothing while another dispute is open.
 *
 * The caller holds the order's row and calls
 * once for each time that a bank decides, in the transaction that writes the decision down: a run cut
 * short has asked for nothing, and one carried out again finds that it is decided. The key is
 * another each time, since a bank may decide so again after what was asked for has failed; Stripe
 * is only ever asked with the key that was written down.
 */
export async function giveBackReturned(
  trx: DbTransaction<DB>,
  { orderId, paymentId }: Sale,
): Promise<void> {
  const asked = { orderId, userId: null };
  for (const { id, ...was } of await readHeldBack(trx, paymentId)) {
    const of = { kind: "promised", by: id } as const;
    await requestOrderRefund(trx, { ...asked, ...was, of, key: `returned:${uuidv7()}` });
  }
  for (const parcelId of await readCalledOff(trx, orderId)) {
    await requestOrderRefund(trx, {
      ...{ ...asked, parcelId, of: { kind: "unpromised" } },
      ...{ reason: "cancelled-by-cooperative", key: `returned:${uuidv7()}` },
    });
  }
}
