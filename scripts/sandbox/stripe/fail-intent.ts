import type Stripe from "stripe";
import type { Attempt } from "./attempt.ts";
import { buildCharge } from "./build-charge.ts";
import type { CardBehaviour } from "./cards.ts";
import { emit } from "./emit.ts";
import { newId } from "./ids.ts";
import { change, keep } from "./keep.ts";
import { NO_CAUSE, type Sandbox } from "./sandbox.ts";

/** A failed attempt leaves a failed charge, and the intent waits for another way to pay. */
export function failIntent(
  sandbox: Sandbox,
  { intent, method }: Attempt,
  decline: NonNullable<CardBehaviour["decline"]>,
): Stripe.PaymentIntent {
  const { store, now } = sandbox;
  const charge = buildCharge({
    intent,
    method,
    decline,
    wasAuthenticated: false,
    id: newId.charge(),
    created: now(),
  });
  keep(store, "charge", charge, { payment_intent: intent.id });
  const failed: Stripe.PaymentIntent = {
    ...intent,
    status: "requires_payment_method",
    next_action: null,
    payment_method: null,
    processing: null,
    latest_charge: charge.id,
    last_payment_error: {
      charge: charge.id,
      code: decline.code,
      decline_code: decline.declineCode,
      doc_url: `https://stripe.com/docs/error-codes/${decline.code.replaceAll("_", "-")}`,
      message: decline.message,
      payment_method: method,
      payment_method_type: method.type,
      type: "card_error",
    },
  };
  change(store, failed);
  emit(sandbox, NO_CAUSE, [
    { type: "charge.failed", object: charge },
    { type: "payment_intent.payment_failed", object: failed },
  ]);
  return failed;
}
