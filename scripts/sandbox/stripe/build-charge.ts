import type Stripe from "stripe";
import type { CardBehaviour } from "./cards.ts";
import { newId } from "./ids.ts";

interface Parts {
  intent: Stripe.PaymentIntent;
  method: Stripe.PaymentMethod;
  decline: CardBehaviour["decline"];
  wasAuthenticated: boolean;
  id: string;
  created: number;
}

export function buildCharge(parts: Parts) {
  const { intent, method, decline, id, created } = parts;
  const isPaid = !decline;
  return {
    id,
    object: "charge",
    amount: intent.amount,
    amount_captured: isPaid ? intent.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: {
      ...method.billing_details,
      tax_id: null,
    },
    calculated_statement_descriptor: "TIANJI",
    captured: isPaid,
    created,
    currency: "cny",
    customer: null,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    on_behalf_of: null,
    outcome: outcomeOf(decline),
    paid: isPaid,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: detailsOf(parts),
    radar_options: {},
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status: isPaid ? "succeeded" : "failed",
    transfer_data: null,
    transfer_group: intent.transfer_group,
  } satisfies Stripe.Charge as Stripe.Charge;
}

function outcomeOf(decline: CardBehaviour["decline"]): Stripe.Charge.Outcome {
  return {
    advice_code: decline ? "try_again_later" : null,
    network_advice_code: null,
    network_decline_code: decline ? "01" : null,
    network_status: decline ? "declined_by_network" : "approved_by_network",
    reason: decline ? (decline.declineCode ?? decline.code) : null,
    risk_level: "normal",
    risk_score: 12,
    seller_message: decline
      ? "The bank did not return any further details with this decline."
      : "Payment complete.",
    type: decline ? "issuer_declined" : "authorized",
  };
}

function detailsOf({ intent, method, decline, wasAuthenticated }: Parts) {
  const { card } = method;
  if (!card)
    return {
      type: method.type,
      [method.type]: { fingerprint: null, transaction_id: newId.secret() },
    } as Stripe.Charge.PaymentMethodDetails;
  return {
    type: "card",
    card: {
      amount_authorized: decline ? null : intent.amount,
      authorization_code: decline ? null : "123456",
      brand: card.brand,
      checks: card.checks,
      country: card.country,
      electronic_commerce_indicator: wasAuthenticated ? "05" : null,
      exp_month: card.exp_month,
      exp_year: card.exp_year,
      fingerprint: card.fingerprint ?? null,
      funding: card.funding,
      installments: null,
      last4: card.last4,
      mandate: null,
      network: card.brand,
      network_transaction_id: newId.secret().slice(0, 15),
      regulated_status: "unregulated",
      three_d_secure: wasAuthenticated
        ? {
            authentication_flow: "challenge",
            electronic_commerce_indicator: "05",
            exemption_indicator: null,
            result: "authenticated",
            result_reason: null,
            transaction_id: newId.secret(),
            version: "2.2.0",
          }
        : null,
      transaction_link_id: null,
      wallet: null,
    },
  } satisfies Stripe.Charge.PaymentMethodDetails;
}
