import type Stripe from "stripe";
import { DISPUTE_FEE_FEN, moveBalance } from "./balance.ts";
import { emit } from "./emit.ts";
import { newId } from "./ids.ts";
import { change, find, keep, mustFind } from "./keep.ts";
import { NO_CAUSE, type Past, type Sandbox } from "./sandbox.ts";

const WEEK = 7 * 24 * 60 * 60;

const NO_EVIDENCE = Object.fromEntries(
  "access_activity_log billing_address cancellation_policy cancellation_policy_disclosure cancellation_rebuttal customer_communication customer_email_address customer_name customer_purchase_ip customer_signature duplicate_charge_documentation duplicate_charge_explanation duplicate_charge_id product_description receipt refund_policy refund_policy_disclosure refund_refusal_explanation service_date service_documentation shipping_address shipping_carrier shipping_date shipping_documentation shipping_tracking_number uncategorized_file uncategorized_text"
    .split(" ")
    .map((name) => [name, null]),
) as Omit<Stripe.Dispute.Evidence, "enhanced_evidence">;

interface PastDispute extends Past {
  reason: string;
  status: "needs_response" | "under_review";
}

/** The buyer's bank takes the money back while it looks into her complaint. */
export function openDispute(
  sandbox: Sandbox,
  charge: Stripe.Charge,
  past?: PastDispute,
): Stripe.Dispute {
  const { store, now } = sandbox;
  const id = past?.id ?? newId.dispute();
  const intent = typeof charge.payment_intent === "string" ? charge.payment_intent : null;
  const withdrawn = moveBalance(sandbox, {
    type: "adjustment",
    category: "dispute",
    amount: -charge.amount,
    fee: DISPUTE_FEE_FEN,
    source: id,
    description: `Chargeback withdrawal for ${charge.id}`,
    past,
  });
  const dispute = {
    id,
    object: "dispute",
    amount: charge.amount,
    balance_transactions: [withdrawn],
    charge: charge.id,
    created: past?.created ?? now(),
    currency: "cny",
    enhanced_eligibility_types: [],
    evidence: { ...NO_EVIDENCE, enhanced_evidence: {} },
    evidence_details: {
      due_by: now() + WEEK,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: "not_submitted",
    },
    intended_submission_method: null,
    is_charge_refundable: false,
    livemode: false,
    metadata: {},
    payment_intent: intent,
    payment_method_details: {
      type: "card",
      card: {
        brand: "visa",
        case_type: "chargeback",
        network: "visa",
        network_reason_code: "10.4",
      },
    },
    reason: past?.reason ?? "fraudulent",
    status: past?.status ?? "needs_response",
  } satisfies Stripe.Dispute;
  keep(store, "dispute", dispute, { payment_intent: intent, source: charge.id });
  change(store, { ...charge, disputed: true });
  emit(sandbox, NO_CAUSE, [
    { type: "charge.dispute.created", object: dispute },
    { type: "charge.dispute.funds_withdrawn", object: dispute },
  ]);
  return dispute;
}

type Closed =
  | { ok: true; dispute: Stripe.Dispute }
  | { ok: false; reason: "unknown" | "already-closed" };

/** The bank decides. A won dispute brings the money and the fee back. */
export function closeDispute(sandbox: Sandbox, id: string, verdict: "won" | "lost"): Closed {
  const { store } = sandbox;
  return store.atomically((): Closed => {
    const dispute = find(store, "dispute", id);
    if (!dispute) return { ok: false, reason: "unknown" };
    if (dispute.status === "won" || dispute.status === "lost")
      return { ok: false, reason: "already-closed" };
    const lines = dispute.balance_transactions;
    if (verdict === "won")
      lines.push(
        moveBalance(sandbox, {
          type: "adjustment",
          category: "dispute_reversal",
          amount: dispute.amount,
          fee: -DISPUTE_FEE_FEN,
          source: id,
          description: `Chargeback reversal for ${String(dispute.charge)}`,
        }),
      );
    const decided: Stripe.Dispute = { ...dispute, status: verdict, balance_transactions: lines };
    change(store, decided);
    const charge = mustFind(store, "charge", String(dispute.charge));
    if (verdict === "won") change(store, { ...charge, disputed: false });
    emit(sandbox, NO_CAUSE, [
      { type: "charge.dispute.closed", object: decided, previous: { status: dispute.status } },
      ...(verdict === "won"
        ? [{ type: "charge.dispute.funds_reinstated" as const, object: decided }]
        : []),
    ]);
    return { ok: true, dispute: decided };
  });
}
