import type Stripe from "stripe";
import { newId } from "./ids.ts";
import type { LineInput, Method, SessionInput } from "./session-params.ts";

// The SDK turns decimal strings into Decimal objects; on the wire they are strings.
type WirePrice = Omit<Stripe.Price, "unit_amount_decimal"> & { unit_amount_decimal: string };
export type WireLine = Omit<Stripe.LineItem, "price"> & { price: WirePrice };
export type WireSession = Omit<Stripe.Checkout.Session, "line_items" | "metadata"> & {
  metadata: Stripe.Metadata;
  /** Always kept; shown only when asked for by `expand`. */
  line_items: Stripe.ApiList<WireLine>;
  payment_intent: string | null;
};

interface Parts {
  id: string;
  now: number;
  url: string;
  input: SessionInput;
  lines: WireLine[];
  expiresAt: number;
  methods: Method[];
}

export function buildLine(line: LineInput, created: number): WireLine {
  const { unit_amount, product_data } = line.price_data;
  const amount = unit_amount * line.quantity;
  return {
    id: newId.line(),
    object: "item",
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: amount,
    amount_tax: 0,
    amount_total: amount,
    currency: "cny",
    description: product_data.name,
    metadata: line.metadata ?? {},
    price: {
      id: newId.price(),
      object: "price",
      active: false,
      billing_scheme: "per_unit",
      created,
      currency: "cny",
      custom_unit_amount: null,
      livemode: false,
      lookup_key: null,
      metadata: {},
      nickname: null,
      product: newId.product(),
      recurring: null,
      tax_behavior: "unspecified",
      tiers_mode: null,
      transform_quantity: null,
      type: "one_time",
      unit_amount,
      unit_amount_decimal: String(unit_amount),
    },
    quantity: line.quantity,
  };
}

export function buildSession({ id, now, url, input, lines, expiresAt, methods }: Parts) {
  const total = lines.reduce((sum, line) => sum + line.amount_total, 0);
  return {
    id,
    object: "checkout.session",
    adaptive_pricing: null,
    after_expiration: null,
    allow_promotion_codes: null,
    allowed_payment_method_types: input.allowed_payment_method_types ?? null,
    amount_subtotal: total,
    amount_total: total,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    billing_address_collection: input.billing_address_collection ?? null,
    cancel_url: input.cancel_url ?? null,
    client_reference_id: input.client_reference_id ?? null,
    client_secret: null,
    collected_information: null,
    consent: null,
    consent_collection: null,
    created: now,
    currency: "cny",
    currency_conversion: null,
    custom_fields: [],
    custom_text: {
      after_submit: null,
      shipping_address: null,
      submit: null,
      terms_of_service_acceptance: null,
    },
    customer: null,
    customer_account: null,
    customer_creation: "if_required",
    customer_details: null,
    customer_email: input.customer_email ?? null,
    discounts: [],
    expires_at: expiresAt,
    integration_identifier: null,
    invoice: null,
    invoice_creation: null,
    livemode: false,
    locale: input.locale ?? null,
    managed_payments: null,
    metadata: input.metadata ?? {},
    mode: "payment",
    origin_context: null,
    payment_intent: null,
    payment_link: null,
    payment_method_collection: "if_required",
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: methods,
    payment_status: "unpaid",
    permissions: null,
    phone_number_collection: input.phone_number_collection ?? { enabled: false },
    recovered_from: null,
    saved_payment_method_options: null,
    setup_intent: null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: "open",
    submit_type: input.submit_type ?? null,
    subscription: null,
    success_url: input.success_url,
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    ui_mode: "hosted_page",
    url,
    wallet_options: null,
    line_items: {
      object: "list",
      data: lines,
      has_more: false,
      url: `/v1/checkout/sessions/${id}/line_items`,
    },
  } satisfies WireSession as WireSession;
}
