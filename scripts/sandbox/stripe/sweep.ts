import { makeAvailable } from "./balance.ts";
import type { WireSession } from "./build-session.ts";
import { succeed } from "./complete-session.ts";
import { emit } from "./emit.ts";
import { failIntent } from "./fail-intent.ts";
import { finishRefund } from "./finish-refund.ts";
import { change, mustFind } from "./keep.ts";
import { NO_CAUSE, type Sandbox } from "./sandbox.ts";
import { closeSession } from "./session-state.ts";
import { hideLines } from "./show.ts";

/** Does what time alone brings: see `bring`. */
export function sweep(sandbox: Sandbox): number {
  const due = sandbox.store.all<{ id: string; kind: string }>(
    "SELECT id, kind FROM objects WHERE due_at <= ? ORDER BY due_at LIMIT 500",
    sandbox.now(),
  );
  for (const { id, kind } of due) sandbox.store.atomically(() => bring(sandbox, kind, id));
  return due.length;
}

/** Open sessions expire, those paid "later" settle, refunds end, balances become available. */
function bring(sandbox: Sandbox, kind: string, id: string) {
  if (kind === "balance_transaction") return makeAvailable(sandbox, id);
  if (kind === "refund") return finishRefund(sandbox, id);
  const session = mustFind(sandbox.store, "checkout.session", id);
  if (session.status === "open") closeSession(sandbox, session, NO_CAUSE);
  else settleLater(sandbox, session);
}

function settleLater(sandbox: Sandbox, session: WireSession) {
  const { store, courier } = sandbox;
  const intent = mustFind(store, "payment_intent", session.payment_intent ?? "");
  const method = mustFind(store, "payment_method", String(intent.payment_method));
  const attempt = { session, intent, method };
  if (courier.switches.state().asyncPayment === "fail") {
    change(store, session, { dueAt: null });
    failIntent(sandbox, attempt, {
      code: "payment_intent_payment_attempt_failed",
      message: "The payment failed after the buyer had left.",
    });
    emit(sandbox, NO_CAUSE, [
      { type: "checkout.session.async_payment_failed", object: hideLines(session) },
    ]);
    return;
  }
  const paid: WireSession = { ...session, payment_status: "paid" };
  change(store, paid, { dueAt: null });
  const { charge, intent: succeeded } = succeed(sandbox, attempt);
  emit(sandbox, NO_CAUSE, [
    { type: "charge.succeeded", object: charge },
    { type: "payment_intent.succeeded", object: succeeded },
    { type: "checkout.session.async_payment_succeeded", object: hideLines(paid) },
  ]);
}
