import type Stripe from "stripe";
import { type Attempt, beginAttempt, waitingAttempt } from "./attempt.ts";
import type { Payer } from "./build-method.ts";
import type { WireSession } from "./build-session.ts";
import { behaviourOf, type CardBehaviour } from "./cards.ts";
import { completeSession } from "./complete-session.ts";
import { emit } from "./emit.ts";
import { failIntent } from "./fail-intent.ts";
import { change } from "./keep.ts";
import { NO_CAUSE, type Sandbox } from "./sandbox.ts";
import { openSession } from "./session-state.ts";

export type PayResult =
  | { ok: true; session: WireSession }
  | { ok: false; reason: "authentication-needed"; session: WireSession }
  | { ok: false; reason: "declined"; decline: NonNullable<CardBehaviour["decline"]> }
  | { ok: false; reason: "not-a-test-card" | "not-waiting" }
  | { ok: false; reason: "unknown" | "complete" | "expired"; session?: WireSession };

/** A buyer sends the payment page. A session that is no longer open is told apart, never paid twice. */
export function paySession(sandbox: Sandbox, id: string, payer: Payer): PayResult {
  return sandbox.store.atomically((): PayResult => {
    const opened = openSession(sandbox, id);
    if (!opened.ok) return opened;
    const behaviour =
      payer.kind === "card" ? behaviourOf(payer.digits) : { needsAuthentication: true };
    if (!behaviour) return { ok: false, reason: "not-a-test-card" };
    const attempt = beginAttempt(sandbox, opened.session, payer);
    if (behaviour.decline) {
      failIntent(sandbox, attempt, behaviour.decline);
      return { ok: false, reason: "declined", decline: behaviour.decline };
    }
    if (behaviour.needsAuthentication) {
      askToAuthenticate(sandbox, attempt);
      return { ok: false, reason: "authentication-needed", session: attempt.session };
    }
    return {
      ok: true,
      session: completeSession(sandbox, attempt, { isDisputed: behaviour.isDisputed }),
    };
  });
}

const REFUSED = {
  code: "payment_intent_authentication_failure",
  message:
    "The provided payment method has failed authentication. You can provide payment_method_data or a new PaymentMethod to attempt to fulfill this PaymentIntent again.",
};

/** The buyer answers her bank's question. Without a question it says "not-waiting". */
export function authenticateSession(
  sandbox: Sandbox,
  id: string,
  isAuthorised: boolean,
): PayResult {
  return sandbox.store.atomically((): PayResult => {
    const opened = openSession(sandbox, id);
    if (!opened.ok) return opened;
    const attempt = waitingAttempt(sandbox, opened.session);
    if (!attempt) return { ok: false, reason: "not-waiting" };
    if (isAuthorised)
      return { ok: true, session: completeSession(sandbox, attempt, { wasAuthenticated: true }) };
    failIntent(sandbox, attempt, REFUSED);
    return { ok: false, reason: "declined", decline: REFUSED };
  });
}

function askToAuthenticate(sandbox: Sandbox, { session, intent }: Attempt) {
  const url = `${session.url}/authentication`;
  const asking: Stripe.PaymentIntent = {
    ...intent,
    status: "requires_action",
    next_action: { type: "redirect_to_url", redirect_to_url: { return_url: session.url, url } },
  };
  change(sandbox.store, asking);
  emit(sandbox, NO_CAUSE, [{ type: "payment_intent.requires_action", object: asking }]);
}
