import type { Kysely } from "kysely";
import type { PaymentGateway } from "#app/gateways/payments.ts";
import type { DB } from "#db/schema.d.ts";
import { type Settled, settlePayment } from "./settle-payment.ts";

export type SettledAttempt = Settled | { ok: true; outcome: "not-ours" };

/**
 * A try to pay has failed: finds the checkout that it was made on and settles that as Stripe has it
 * now. While the checkout is open the order goes on waiting for its payment, and its buyer reads
 * that the card was declined; one that has been paid since is settled. So neither the order in
 * which events come nor how often they come matters. Fails and locks as settlePayment does.
 */
export async function settleAttempt(
  db: Kysely<DB>,
  payments: PaymentGateway,
  { paymentIntentId }: { paymentIntentId: string },
): Promise<SettledAttempt> {
  const found = await payments.findCheckout(paymentIntentId);
  if (!found.ok) return found;
  const { checkoutSessionId } = found;
  if (checkoutSessionId === null) return { ok: true, outcome: "not-ours" };
  return settlePayment(db, payments, { checkoutSessionId });
}
