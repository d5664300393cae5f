import type Stripe from "stripe";
import type { WireSession } from "./build-session.ts";
import { emit } from "./emit.ts";
import { change, find } from "./keep.ts";
import { type Cause, NO_CAUSE, type Sandbox } from "./sandbox.ts";
import { hideLines } from "./show.ts";

type Opened =
  | { ok: true; session: WireSession }
  | { ok: false; reason: "unknown" | "complete" | "expired"; session?: WireSession };

/** The session if it can still be paid; one whose time has passed is expired on the spot. */
export function openSession(sandbox: Sandbox, id: string): Opened {
  const session = find(sandbox.store, "checkout.session", id);
  if (!session) return { ok: false, reason: "unknown" };
  if (session.status === "complete") return { ok: false, reason: "complete", session };
  if (session.status === "expired") return { ok: false, reason: "expired", session };
  if (session.expires_at > sandbox.now()) return { ok: true, session };
  const expired = sandbox.store.atomically(() => closeSession(sandbox, session, NO_CAUSE));
  return { ok: false, reason: "expired", session: expired };
}

/** Expires an open session; an intent that was begun is cancelled with it. */
export function closeSession(sandbox: Sandbox, session: WireSession, cause: Cause): WireSession {
  const { store, now } = sandbox;
  const expired: WireSession = { ...session, status: "expired", url: null };
  change(store, expired, { dueAt: null });
  const intent = session.payment_intent && find(store, "payment_intent", session.payment_intent);
  if (intent) {
    const cancelled: Stripe.PaymentIntent = {
      ...intent,
      status: "canceled",
      canceled_at: now(),
      cancellation_reason: "automatic",
      next_action: null,
    };
    change(store, cancelled);
    emit(sandbox, cause, [
      { type: "payment_intent.canceled", object: cancelled },
      { type: "checkout.session.expired", object: hideLines(expired) },
    ]);
  } else emit(sandbox, cause, [{ type: "checkout.session.expired", object: hideLines(expired) }]);
  return expired;
}
