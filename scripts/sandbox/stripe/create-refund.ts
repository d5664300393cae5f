import type Stripe from "stripe";
import { moveBalance } from "./balance.ts";
import { refundFate } from "./cards.ts";
import { emit } from "./emit.ts";
import { invalidParameter, noSuch, StripeRefusal } from "./errors.ts";
import { newId } from "./ids.ts";
import { change, find, keep } from "./keep.ts";
import { hash, integer, listOf, metadata, oneOf, optional, text } from "./rules.ts";
import type { Cause, Past, Sandbox } from "./sandbox.ts";

/** https://docs.stripe.com/api/refunds/create */
export const RefundParams = hash(
  {
    amount: optional(integer(1)),
    charge: optional(text()),
    expand: optional(listOf(text())),
    metadata: optional(metadata),
    payment_intent: optional(text()),
    reason: optional(oneOf("duplicate", "fraudulent", "requested_by_customer")),
  },
  "currency customer instructions_email origin refund_application_fee reverse_transfer".split(" "),
);
type RefundInput = ReturnType<typeof RefundParams>;

const yuan = (fen: number) => `¥${(fen / 100).toFixed(2)}`;
const executed = (message: string, code?: string, param?: string) =>
  new StripeRefusal(message, { code, param, isRemembered: true });

/** Gives back part or all of a charge, never more than it took. Without an amount, all that is left. */
export function createRefund(
  sandbox: Sandbox,
  input: RefundInput,
  cause: Cause,
  past?: Past,
): Stripe.Refund {
  const { store, now } = sandbox;
  const charge = chargeOf(sandbox, input);
  const left = charge.amount - charge.amount_refunded;
  if (charge.disputed)
    throw executed(
      `Charge ${charge.id} has been charged back; cannot issue a refund.`,
      "charge_disputed",
    );
  if (left === 0)
    throw executed(`Charge ${charge.id} has already been refunded.`, "charge_already_refunded");
  const amount = input.amount ?? left;
  if (amount > left)
    throw executed(
      `Refund amount (${yuan(amount)}) is greater than unrefunded amount on charge (${yuan(left)})`,
      undefined,
      "amount",
    );
  const fate = refundFate(charge.payment_method_details?.card?.last4);
  const { asyncDelayMs } = sandbox.courier.switches.state();
  const id = past?.id ?? newId.refund();
  const line = moveBalance(sandbox, {
    type: "refund",
    category: "refund",
    amount: -amount,
    fee: 0,
    source: id,
    description: charge.description ? `REFUND FOR CHARGE (${charge.description})` : null,
    past,
  });
  const refund = {
    id,
    object: "refund",
    amount,
    balance_transaction: line.id,
    charge: charge.id,
    created: past?.created ?? now(),
    currency: "cny",
    customer: null,
    customer_account: null,
    destination_details: {
      card: {
        reference_status: "pending",
        reference_type: "acquirer_reference_number",
        type: "refund",
      },
      type: "card",
    },
    metadata: input.metadata ?? {},
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: input.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: fate === "later" ? "pending" : "succeeded",
    transfer_reversal: null,
  } satisfies Stripe.Refund;
  const intent = typeof charge.payment_intent === "string" ? charge.payment_intent : null;
  keep(store, "refund", refund, {
    payment_intent: intent,
    source: charge.id,
    dueAt: fate === "at-once" ? null : now() + Math.ceil(asyncDelayMs / 1000),
  });
  const amount_refunded = charge.amount_refunded + amount;
  const changed: Stripe.Charge = {
    ...charge,
    amount_refunded,
    refunded: amount_refunded === charge.amount,
  };
  change(store, changed);
  const before = { amount_refunded: charge.amount_refunded, refunded: charge.refunded };
  const referred = {
    ...refund,
    destination_details: {
      ...refund.destination_details,
      card: {
        ...refund.destination_details.card,
        reference: "7845678901234567",
        reference_status: "available",
      },
    },
  } satisfies Stripe.Refund;
  emit(sandbox, cause, [
    { type: "refund.created", object: refund },
    { type: "charge.refunded", object: changed, previous: before },
    // Stripe sends it when the bank's reference arrives; here that is at once.
    {
      type: "refund.updated",
      object: change(store, referred),
      previous: { destination_details: refund.destination_details },
    },
  ]);
  return refund;
}

function chargeOf({ store }: Sandbox, input: RefundInput): Stripe.Charge {
  if (!input.charge && !input.payment_intent)
    throw new StripeRefusal(
      "One of the following params should be provided for this request: payment_intent or charge.",
      { code: "parameter_missing", param: "payment_intent" },
    );
  let id = input.charge;
  if (input.payment_intent) {
    const intent = find(store, "payment_intent", input.payment_intent);
    if (!intent) throw noSuch("payment_intent", input.payment_intent, "payment_intent");
    const paid = intent.status === "succeeded" ? String(intent.latest_charge) : undefined;
    if (!paid)
      throw executed(
        `This PaymentIntent (${intent.id}) does not have a successful charge to refund.`,
        "payment_intent_unexpected_state",
        "payment_intent",
      );
    if (id && id !== paid)
      throw invalidParameter(`Charge ${id} does not belong to ${intent.id}.`, "charge");
    id = paid;
  }
  const charge = find(store, "charge", id ?? "");
  if (!charge) throw noSuch("charge", id ?? "", "charge");
  if (charge.status !== "succeeded")
    throw executed(
      `Charge ${charge.id} was not successful and cannot be refunded.`,
      undefined,
      "charge",
    );
  return charge;
}
