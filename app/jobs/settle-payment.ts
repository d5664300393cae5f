import { beginLook, markEventsProcessed } from "#app/domain/payments/record-event.ts";
import { settlePayment } from "#app/domain/payments/settle-payment.ts";
import type { Jobs } from "#app/domain/queue/queue-job.ts";
import type { Services } from "#app/load-context.ts";

/** Nothing is to be tried again: it has no order here, and what money it brought is put aside. */
const DONE_WITH = new Set(["unknown-order", "unmatched"]);

/**
 * Brings an order to what Stripe says of its checkout. Throws, to be tried again, when Stripe is
 * away, and when it does not know the checkout: we opened it, or a signed event names it, so it
 * exists, and the key in use is not its account's. The event goes on waiting for its effect.
 */
export async function settlePaymentJob(
  { db, payments, log }: Pick<Services, "db" | "payments" | "log">,
  { checkoutSessionId }: Jobs["settle-payment"],
): Promise<void> {
  const begun = await beginLook(db);
  const settled = await settlePayment(db, payments, { checkoutSessionId });
  if (!settled.ok && !DONE_WITH.has(settled.reason)) {
    const why = settled.isTooMany ? ": it has had too many requests" : "";
    throw new Error(`Stripe cannot be asked about ${checkoutSessionId}${why}`);
  }
  const outcome = settled.ok ? settled.outcome : settled.reason;
  if (!settled.ok || settled.outcome === "suspended" || settled.outcome === "refunding") {
    log.warn({ checkoutSessionId, outcome }, "a payment did not settle an order");
  }
  await markEventsProcessed(db, checkoutSessionId, { outcome, begun });
}
