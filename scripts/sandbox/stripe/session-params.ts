import { invalidParameter, noSuch, notImitated } from "./errors.ts";
import {
  hash,
  integer,
  listOf,
  metadata,
  oneOf,
  optional,
  type Rule,
  required,
  text,
  webAddress,
} from "./rules.ts";

/** The ways to pay that this stand-in's page knows. */
export const METHODS = ["card", "alipay", "wechat_pay"] as const;
export type Method = (typeof METHODS)[number];

// Stripe's own list of page languages; the page itself speaks zh and en.
const LOCALES =
  "auto bg cs da de el en en-GB es es-419 et fi fil fr fr-CA hi-IN hr hu id it ja ko lt lv ms mt nb nl pl pt pt-BR ro ru sk sl sv th tr vi zh zh-HK zh-TW".split(
    " ",
  );

const currency: Rule<"cny"> = (value, param) => {
  const given = text()(value, param).toLowerCase();
  if (given === "cny") return "cny";
  if (/^[a-z]{3}$/.test(given)) throw notImitated(`${param}=${given}`);
  throw invalidParameter(`Invalid currency: ${given}.`, param);
};

const email: Rule<string> = (value, param) => {
  const given = text(800)(value, param);
  if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(given)) return given;
  throw invalidParameter(`Invalid email address: ${given}`, param, "email_invalid");
};

const flag: Rule<boolean> = (value, param) => {
  const given = text()(value, param);
  if (given === "true" || given === "false") return given === "true";
  throw invalidParameter(`Invalid boolean: ${given}`, param);
};

const method: Rule<Method> = (value, param) => {
  const given = text()(value, param);
  const known = METHODS.find((name) => name === given);
  if (!known) throw notImitated(`${param}=${given}`);
  return known;
};

/** No price objects exist here, so Stripe's answer to any price id is the right one. */
const noPrice: Rule<never> = (value, param) => {
  throw noSuch("price", text()(value, param), param);
};

/** Since 2026-09-30.endive: docs.stripe.com/changelog/endive/2026-09-30 */
const gone: Rule<never> = (_value, param) => {
  throw invalidParameter(
    "The payment_method_types parameter is no longer supported in this API version. Use allowed_payment_method_types or dynamic payment methods instead.",
    param,
    "payment_method_types_no_longer_supported",
  );
};

const ProductData = hash(
  {
    name: required(text()),
    description: optional(text(40_000)),
    images: optional(listOf(webAddress(), 8)),
    metadata: optional(metadata),
  },
  ["tax_code", "tax_details", "unit_label"],
);

const LineItem = hash(
  {
    price: optional(noPrice),
    price_data: required(
      hash(
        {
          currency: required(currency),
          product_data: required(ProductData),
          unit_amount: required(integer(0)),
        },
        ["product", "recurring", "tax_behavior", "unit_amount_decimal"],
      ),
    ),
    quantity: required(integer(1, 999_999)),
    metadata: optional(metadata),
  },
  ["adjustable_quantity", "dynamic_tax_rates", "tax_rates"],
);

const PaymentIntentData = hash(
  {
    description: optional(text(1000)),
    metadata: optional(metadata),
    receipt_email: optional(email),
    statement_descriptor: optional(text(22)),
    statement_descriptor_suffix: optional(text(22)),
    transfer_group: optional(text()),
  },
  "application_fee_amount capture_method on_behalf_of setup_future_usage shipping transfer_data".split(
    " ",
  ),
);

const MethodOptions = hash(
  {
    alipay: optional(hash({}, ["setup_future_usage"])),
    card: optional(
      hash({ request_three_d_secure: optional(oneOf("any", "automatic", "challenge")) }, [
        "capture_method",
        "installments",
        "restrictions",
        "setup_future_usage",
        "statement_descriptor_suffix_kana",
        "statement_descriptor_suffix_kanji",
      ]),
    ),
    wechat_pay: optional(
      hash({ client: required(oneOf("android", "ios", "web")), app_id: optional(text()) }, [
        "setup_future_usage",
      ]),
    ),
  },
  ["affirm", "klarna", "link", "paypal", "us_bank_account"],
);

const NOT_HERE =
  "adaptive_pricing after_expiration allow_promotion_codes automatic_tax branding_settings consent_collection custom_fields custom_text customer customer_account customer_creation customer_update discounts integration_identifier invoice_creation managed_payments name_collection optional_items origin_context payment_method_collection payment_method_configuration payment_method_data permissions redirect_on_completion return_url saved_payment_method_options setup_intent_data shipping_address_collection shipping_options subscription_data tax_id_collection wallet_options".split(
    " ",
  );

/** https://docs.stripe.com/api/checkout/sessions/create, as far as one-off payments in CNY need it. */
export const SessionParams = hash(
  {
    allowed_payment_method_types: optional(listOf(method)),
    billing_address_collection: optional(oneOf("auto", "required")),
    cancel_url: optional(webAddress()),
    client_reference_id: optional(text(200)),
    currency: optional(currency),
    customer_email: optional(email),
    excluded_payment_method_types: optional(listOf(text())),
    expand: optional(listOf(text())),
    expires_at: optional(integer(0, 99_999_999_999)),
    line_items: required(listOf(LineItem)),
    locale: optional(oneOf(...LOCALES)),
    metadata: optional(metadata),
    mode: required(oneOf("payment", "setup", "subscription")),
    payment_intent_data: optional(PaymentIntentData),
    payment_method_options: optional(MethodOptions),
    payment_method_types: optional(gone),
    phone_number_collection: optional(hash({ enabled: required(flag) })),
    submit_type: optional(oneOf("auto", "book", "donate", "pay", "subscribe")),
    success_url: required(webAddress()),
    ui_mode: optional(oneOf("hosted_page", "embedded_page", "elements", "form")),
  },
  NOT_HERE,
);
export type SessionInput = ReturnType<typeof SessionParams>;
export type LineInput = ReturnType<typeof LineItem>;
export type IntentInput = ReturnType<typeof PaymentIntentData>;
