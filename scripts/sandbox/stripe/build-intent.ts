import type Stripe from "stripe";
import type { WireSession } from "./build-session.ts";
import { newId } from "./ids.ts";
import type { IntentInput } from "./session-params.ts";

/** The intent of a session's first attempt to pay, before anything was tried. */
export function buildIntent(session: WireSession, data: IntentInput, created: number) {
  const id = newId.intent();
  const amount = session.amount_total ?? 0;
  return {
    id,
    object: "payment_intent",
    allowed_payment_method_types: null,
    amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: "automatic_async",
    client_secret: `${id}_secret_${newId.secret()}`,
    confirmation_method: "automatic",
    created,
    currency: "cny",
    customer: null,
    customer_account: null,
    description: data.description ?? null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: data.metadata ?? {},
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: session.payment_method_types,
    payment_record: null,
    processing: null,
    receipt_email: data.receipt_email ?? null,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: data.statement_descriptor ?? null,
    statement_descriptor_suffix: data.statement_descriptor_suffix ?? null,
    status: "requires_payment_method",
    transfer_data: null,
    transfer_group: data.transfer_group ?? null,
  } satisfies Stripe.PaymentIntent as Stripe.PaymentIntent;
}
