import { buildIntent } from "./build-intent.ts";
import { buildMethod } from "./build-method.ts";
import { buildLine, buildSession } from "./build-session.ts";
import { doneSession, succeed } from "./complete-session.ts";
import { createRefund } from "./create-refund.ts";
import { newId } from "./ids.ts";
import { find, keep, mustFind } from "./keep.ts";
import { openDispute } from "./open-dispute.ts";
import type { PastPayment } from "./past-payment.ts";
import { NO_CAUSE, type Sandbox } from "./sandbox.ts";

const HALF_HOUR = 30 * 60;
const PAID_WITH = {
  kind: "card",
  digits: "4242424242424242",
  expMonth: 12,
  expYear: 2040,
} as const;

/**
 * Makes payments of the past exist here, with their checkouts, refunds and disputes under the ids
 * they are known by; what is there already stays as it is. All of them or none. Objects carry the
 * time of their past; the lines of the balance carry today's, for a balance only ever grows at
 * its end, and whoever has read it asks for what is new. Answers how many are new.
 */
export function takeOver(sandbox: Sandbox, payments: readonly PastPayment[]): number {
  const { store } = sandbox;
  return store.atomically(() => {
    const strangers = payments.filter(
      ({ paymentIntentId }) => !find(store, "payment_intent", paymentIntentId),
    );
    for (const payment of strangers) takeOverOne(sandbox, payment);
    return strangers.length;
  });
}

function takeOverOne(sandbox: Sandbox, past: PastPayment) {
  const { store } = sandbox;
  const { paymentIntentId, chargeId, paidAt, payerName, refunds, dispute } = past;
  const method = buildMethod({ ...PAID_WITH, name: payerName }, null, paidAt);
  keep(store, "payment_method", method);
  const session = {
    ...doneSession(buildOpenSession(past), method.billing_details),
    payment_status: "paid" as const,
    payment_intent: paymentIntentId,
  };
  keep(store, "checkout.session", session, { payment_intent: paymentIntentId });
  const { metadata, description } = past.session;
  const intent = {
    ...buildIntent(session, { metadata, description }, paidAt),
    id: paymentIntentId,
    client_secret: `${paymentIntentId}_secret_${newId.secret()}`,
    payment_method: method.id,
  };
  keep(store, "payment_intent", intent);
  succeed(sandbox, { session, intent, method }, { past: { id: chargeId, created: paidAt } });
  for (const { id, fen, createdAt, metadata: about } of refunds) {
    const asked = { charge: chargeId, amount: fen, metadata: about };
    createRefund(sandbox, asked, NO_CAUSE, { id, created: createdAt });
  }
  if (!dispute) return;
  const { id, createdAt: created, reason, status } = dispute;
  openDispute(sandbox, mustFind(store, "charge", chargeId), { id, created, reason, status });
}

function buildOpenSession({ sessionId, paidAt, session: asked }: PastPayment) {
  const { description: _ofTheIntent, ...input } = asked;
  return buildSession({
    id: sessionId,
    now: paidAt,
    url: "",
    input: { ...input, mode: "payment" },
    lines: asked.line_items.map((line) => buildLine(line, paidAt)),
    expiresAt: paidAt + HALF_HOUR,
    methods: ["card"],
  });
}
