import type Stripe from "stripe";
import type { Attempt } from "./attempt.ts";
import { chargeFee, moveBalance } from "./balance.ts";
import { buildCharge } from "./build-charge.ts";
import type { WireSession } from "./build-session.ts";
import { emit } from "./emit.ts";
import { newId } from "./ids.ts";
import { change, keep } from "./keep.ts";
import { openDispute } from "./open-dispute.ts";
import { NO_CAUSE, type Past, type Sandbox } from "./sandbox.ts";
import { hideLines } from "./show.ts";

interface Manner {
  wasAuthenticated?: boolean;
  isDisputed?: boolean;
}

/** The session of a buyer who is done, before anything is said of her money. */
export function doneSession(
  session: WireSession,
  details: Stripe.PaymentMethod.BillingDetails,
): WireSession {
  return {
    ...session,
    status: "complete",
    url: null,
    customer_details: {
      address: details.address,
      business_name: null,
      email: details.email,
      individual_name: null,
      name: details.name,
      phone: null,
      tax_exempt: "none",
      tax_ids: [],
    },
  };
}

/** The buyer is done: the session completes, paid now or, with the async switch on, later. */
export function completeSession(sandbox: Sandbox, attempt: Attempt, manner: Manner): WireSession {
  const { store, now, courier } = sandbox;
  const { asyncPayment, asyncDelayMs } = courier.switches.state();
  const done = doneSession(attempt.session, attempt.method.billing_details);
  if (asyncPayment !== "off") {
    const processing: Stripe.PaymentIntent = {
      ...attempt.intent,
      status: "processing",
      next_action: null,
    };
    change(store, processing);
    change(store, done, { dueAt: now() + Math.ceil(asyncDelayMs / 1000) });
    emit(sandbox, NO_CAUSE, [
      { type: "payment_intent.processing", object: processing },
      { type: "checkout.session.completed", object: hideLines(done) },
    ]);
    return done;
  }
  const paid: WireSession = { ...done, payment_status: "paid" };
  change(store, paid, { dueAt: null });
  const { charge, intent } = succeed(sandbox, attempt, manner);
  emit(sandbox, NO_CAUSE, [
    { type: "charge.succeeded", object: charge },
    { type: "payment_intent.succeeded", object: intent },
    { type: "checkout.session.completed", object: hideLines(paid) },
  ]);
  if (manner.isDisputed) openDispute(sandbox, charge);
  return paid;
}

/** Takes the money: the charge, its line in the balance, and the intent that succeeded. */
export function succeed(
  sandbox: Sandbox,
  { intent, method }: Attempt,
  { wasAuthenticated = false, past }: Pick<Manner, "wasAuthenticated"> & { past?: Past } = {},
) {
  const { store, now } = sandbox;
  const built = buildCharge({
    intent,
    method,
    decline: undefined,
    wasAuthenticated,
    id: past?.id ?? newId.charge(),
    created: past?.created ?? now(),
  });
  const line = moveBalance(sandbox, {
    type: "charge",
    category: "charge",
    amount: built.amount,
    fee: chargeFee(built.amount),
    source: built.id,
    description: built.description,
    past,
  });
  const charge: Stripe.Charge = { ...built, balance_transaction: line.id };
  keep(store, "charge", charge, { payment_intent: intent.id });
  const succeeded: Stripe.PaymentIntent = {
    ...intent,
    status: "succeeded",
    amount_received: intent.amount,
    latest_charge: charge.id,
    last_payment_error: null,
    next_action: null,
    processing: null,
  };
  change(store, succeeded);
  return { charge, intent: succeeded };
}
