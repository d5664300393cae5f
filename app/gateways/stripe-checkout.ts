import Stripe from "stripe";
import type { CheckoutOrder } from "./payments.ts";
import { lineItems, orderMetadata } from "./stripe-shapes.ts";

export type PaymentMethod = "card" | "alipay" | "wechat_pay";

/** Keys of one page: each may have met with an error of Stripe's own. */
const MOST_KEYS = 3;

/**
 * An error of Stripe's own that it has kept under the key, and will answer with for a day: the
 * request is over, and the key is of no more use.
 * https://docs.stripe.com/api/idempotent_requests
 */
export const isKeptError = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeAPIError &&
  error.headers?.["idempotent-replayed"] === "true";

/**
 * Opens a payment page. Where Stripe has kept an error of its own under the key the next of a
 * fixed row of keys is tried, so that two taps still come to one page. Should the failed try have
 * opened one all the same, nobody has its address, and it closes with the hold.
 */
export async function openPage(
  stripe: Stripe,
  order: CheckoutOrder,
  methods: readonly PaymentMethod[],
  turn = 1,
): Promise<Stripe.Checkout.Session> {
  const metadata = orderMetadata(order);
  const key = order.idempotencyKey;
  try {
    return await stripe.checkout.sessions.create(
      {
        mode: "payment",
        client_reference_id: order.orderId,
        line_items: lineItems(order),
        allowed_payment_method_types: [...methods],
        ...(methods.includes("wechat_pay") && {
          payment_method_options: { wechat_pay: { client: "web" as const } },
        }),
        metadata,
        payment_intent_data: { metadata, description: order.number },
        expires_at: Math.floor(order.expiresAt.getTime() / 1000),
        locale: order.locale,
        success_url: order.successUrl,
        cancel_url: order.cancelUrl,
      },
      { idempotencyKey: turn === 1 ? key : `${key}:${turn}` },
    );
  } catch (error) {
    if (turn < MOST_KEYS && isKeptError(error)) return openPage(stripe, order, methods, turn + 1);
    throw error;
  }
}
