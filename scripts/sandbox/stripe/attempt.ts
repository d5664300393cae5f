import type Stripe from "stripe";
import { buildIntent } from "./build-intent.ts";
import { buildMethod, type Payer } from "./build-method.ts";
import type { WireSession } from "./build-session.ts";
import { change, find, keep, mustFind } from "./keep.ts";
import type { Sandbox } from "./sandbox.ts";

/** A session, the intent that pays it and what it is paid with. */
export interface Attempt {
  session: WireSession;
  intent: Stripe.PaymentIntent;
  method: Stripe.PaymentMethod;
}

/** The attempt that waits for the buyer to answer her bank, if one does. */
export function waitingAttempt({ store }: Sandbox, session: WireSession): Attempt | undefined {
  if (!session.payment_intent) return undefined;
  const intent = mustFind(store, "payment_intent", session.payment_intent);
  if (intent.status !== "requires_action" || typeof intent.payment_method !== "string")
    return undefined;
  const method = mustFind(store, "payment_method", intent.payment_method);
  return { session, intent, method };
}

/** The intent is made at the first attempt and used again by the next ones. */
export function beginAttempt({ store, now }: Sandbox, session: WireSession, payer: Payer): Attempt {
  const method = buildMethod(payer, session.customer_email, now());
  keep(store, "payment_method", method);
  const known = session.payment_intent && find(store, "payment_intent", session.payment_intent);
  if (known) return { session, intent: { ...known, payment_method: method.id }, method };
  const data = store.first<{ body: string }>(
    "SELECT body FROM intent_data WHERE session = ?",
    session.id,
  );
  const intent = buildIntent(session, data ? JSON.parse(data.body) : {}, now());
  keep(store, "payment_intent", intent);
  const begun = { ...session, payment_intent: intent.id };
  change(store, begun, { payment_intent: intent.id });
  return { session: begun, intent: { ...intent, payment_method: method.id }, method };
}
