import type { Kysely } from "kysely";
import type { PaymentGateway } from "#app/gateways/payments.ts";
import type { DB } from "#db/schema.d.ts";
import { settlePayment } from "./settle-payment.ts";
import { type SettledUnmatched, settleUnmatched } from "./settle-unmatched.ts";

async function isUnmatched(db: Kysely<DB>, chargeId: string): Promise<boolean> {
  const row = await db
    .selectFrom("unmatched_payments")
    .select("id")
    .where("charge_id", "=", chargeId)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Money at Stripe that the books do not know: settles the checkout that it was paid on, when that
 * has an order here (`known`; its webhooks were lost), and else puts it aside (settle-unmatched.ts).
 * Any number of runs have one effect. Fails with `payments-unavailable` (try again); locks as
 * settlePayment and keepUnmatched do.
 */
export async function settleCharge(
  db: Kysely<DB>,
  payments: PaymentGateway,
  { chargeId }: { chargeId: string },
): Promise<SettledUnmatched> {
  if (await isUnmatched(db, chargeId)) return settleUnmatched(db, payments, { chargeId });
  const found = await payments.retrieveCharge(chargeId);
  if (!found.ok) return found;
  const { paid, paymentIntentId, refunds } = found.charge;
  if (paid && paymentIntentId) {
    const checkout = await payments.findCheckout(paymentIntentId);
    if (!checkout.ok) return checkout;
    const { checkoutSessionId } = checkout;
    if (checkoutSessionId) {
      const settled = await settlePayment(db, payments, { checkoutSessionId });
      const stripeRefundIds = refunds.map(({ id }) => id);
      if (settled.ok) return { ok: true, outcome: "known", stripeRefundIds };
      if (settled.reason === "payments-unavailable") return { ok: false, reason: settled.reason };
    }
  }
  return settleUnmatched(db, payments, { chargeId });
}
