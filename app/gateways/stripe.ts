import Stripe from "stripe";
import type { PaymentGateway, Unavailable } from "./payments.ts";
import { isKeptError, openPage, type PaymentMethod } from "./stripe-checkout.ts";
import {
  chargeOf,
  disputeOf,
  listDisputes,
  listRefunds,
  oldestFirst,
  retrieveRefund,
} from "./stripe-given-back.ts";
import { listMovements } from "./stripe-movements.ts";
import { patiently } from "./stripe-patience.ts";
import { checkoutOf, readEvent, refundOf } from "./stripe-shapes.ts";

export type { PaymentGateway } from "./payments.ts";

const API_VERSION = "2026-10-28.endive";
const TIMEOUT_MS = 10_000;
const SIGNATURE_TOLERANCE_S = 300;
/** Stripe's own word for an error of its own. */
const KEPT_ERROR = "api_error";

export type PaymentSettings = {
  secretKey: string;
  /** Where Stripe's API is spoken, if not by Stripe. */
  apiUrl?: string;
  /** Several while a secret is being changed: any of them may have signed. */
  webhookSecrets: readonly string[];
  /** Alipay and WeChat Pay only where Stripe has switched them on for the account. */
  methods?: readonly PaymentMethod[];
};

function addressOf(apiUrl: string | undefined): Partial<Stripe.StripeConfig> {
  if (apiUrl === undefined) return {};
  const { protocol, hostname, port } = new URL(apiUrl);
  const isPlain = protocol === "http:";
  return {
    host: hostname,
    port: Number(port) || (isPlain ? 80 : 443),
    protocol: isPlain ? "http" : "https",
  };
}

const unavailable: Unavailable = { ok: false, reason: "payments-unavailable" };

/**
 * Outages of Stripe and of the road there, a wrong key, and an idempotency key that is in use or
 * was used otherwise: none of them says anything about the order.
 */
function isOutage(error: unknown): boolean {
  return (
    error instanceof Stripe.errors.StripeIdempotencyError ||
    error instanceof Stripe.errors.StripeConnectionError ||
    error instanceof Stripe.errors.StripeAPIError ||
    error instanceof Stripe.errors.StripeAuthenticationError ||
    error instanceof Stripe.errors.StripePermissionError ||
    (error instanceof Stripe.errors.StripeError && error.statusCode === 409)
  );
}

/** Runs one call; `named` turns the refusals that a caller can act on into answers. */
async function ask<Answer, Refusal>(
  call: () => Promise<Answer>,
  named: (error: Stripe.errors.StripeError) => Refusal | null,
): Promise<Answer | Refusal | Unavailable> {
  try {
    return await patiently(call);
  } catch (error) {
    if (error instanceof Stripe.errors.StripeRateLimitError) {
      return { ...unavailable, isTooMany: true };
    }
    if (isOutage(error)) return unavailable;
    const refusal = error instanceof Stripe.errors.StripeError ? named(error) : null;
    if (refusal) return refusal;
    throw error;
  }
}

const isMissing = (error: Stripe.errors.StripeError) => error.code === "resource_missing";

/**
 * For what is asked about under an id that Stripe itself has given us: it exists, and only the key
 * of another account can make Stripe not know it. Says as little of the order as an outage does.
 */
const unknownForNow = (error: Stripe.errors.StripeError) => (isMissing(error) ? unavailable : null);

/**
 * Stripe behind our own words. Retries twice by itself with the same idempotency key; an answer
 * that never comes is `payments-unavailable`, after 10 s a try.
 */
export function createPayments(settings: PaymentSettings): PaymentGateway {
  const stripe = new Stripe(settings.secretKey, {
    apiVersion: API_VERSION,
    maxNetworkRetries: 2,
    timeout: TIMEOUT_MS,
    telemetry: false,
    ...addressOf(settings.apiUrl),
  });
  const methods = settings.methods ?? ["card"];
  const expand = ["payment_intent.latest_charge"];

  return {
    createCheckout: (order) =>
      ask(
        async () => {
          const session = await openPage(stripe, order, methods);
          if (!session.url) throw new Error(`Stripe gave ${session.id} no payment page`);
          return { ok: true as const, checkout: { id: session.id, url: session.url } };
        },
        (error) => {
          if (error.code === "amount_too_small") {
            return { ok: false as const, reason: "amount-too-small" as const };
          }
          // By Stripe's clock the deadline is too near or too far: ours is wrong, not the order.
          return error.param === "expires_at" ? unavailable : null;
        },
      ),

    retrieveCheckout: (id) =>
      ask(
        async () => ({
          ok: true as const,
          checkout: checkoutOf(await stripe.checkout.sessions.retrieve(id, { expand })),
        }),
        (error) =>
          isMissing(error) ? { ok: false as const, reason: "unknown-checkout" as const } : null,
      ),

    findCheckout: (paymentIntentId) =>
      ask(async () => {
        const asked = { payment_intent: paymentIntentId, limit: 1 };
        const { data } = await stripe.checkout.sessions.list(asked);
        return { ok: true as const, checkoutSessionId: data[0]?.id ?? null };
      }, unknownForNow),

    expireCheckout: (id) =>
      ask(
        async () => {
          await stripe.checkout.sessions.expire(id);
          return { ok: true as const };
        },
        (error) => {
          if (isMissing(error)) return { ok: false as const, reason: "unknown-checkout" as const };
          // The one thing wrong with an expire request for a session that exists.
          if (error.statusCode === 400) return { ok: false as const, reason: "not-open" as const };
          return null;
        },
      ),

    refund: ({ paymentIntentId, fen, idempotencyKey, metadata }) =>
      ask(
        async () => {
          const asked = { payment_intent: paymentIntentId, amount: fen, metadata };
          try {
            const refund = await stripe.refunds.create(asked, { idempotencyKey });
            return { ok: true as const, refund: refundOf(refund) };
          } catch (error) {
            if (!isKeptError(error)) throw error;
            return { ok: false as const, reason: "refund-refused" as const, code: KEPT_ERROR };
          }
        },
        (error) => ({
          ok: false as const,
          reason: "refund-refused" as const,
          code: error.code ?? error.type,
        }),
      ),

    listRefunds: ({ paymentIntentId }) =>
      ask(
        async () => {
          const given = await listRefunds(stripe, { payment_intent: paymentIntentId });
          return { ok: true as const, refunds: oldestFirst(given) };
        },
        (error) => (isMissing(error) ? { ok: true as const, refunds: [] } : null),
      ),

    retrieveRefund: (id) => ask(() => retrieveRefund(stripe, id), unknownForNow),

    retrieveCharge: (id) =>
      ask(async () => {
        const charge = await stripe.charges.retrieve(id, { expand: ["payment_intent"] });
        return {
          ok: true as const,
          charge: chargeOf(charge, await listRefunds(stripe, { charge: id })),
        };
      }, unknownForNow),

    retrieveDispute: (id) =>
      ask(
        async () => ({
          ok: true as const,
          dispute: disputeOf(await stripe.disputes.retrieve(id, { expand: ["payment_intent"] })),
        }),
        unknownForNow,
      ),

    listDisputes: (chargeId) => ask(() => listDisputes(stripe, chargeId), unknownForNow),

    listMovements: (asked) =>
      ask(
        async () => ({ ok: true as const, ...(await listMovements(stripe, asked)) }),
        // Nothing that a caller could act on: whatever Stripe refuses here is a bug of ours.
        (error) => {
          throw error;
        },
      ),

    verifyWebhook(rawBody, signature) {
      for (const secret of settings.webhookSecrets) {
        let signed: Stripe.Event;
        try {
          signed = stripe.webhooks.constructEvent(
            rawBody,
            signature,
            secret,
            SIGNATURE_TOLERANCE_S,
          );
        } catch {
          continue; // Whatever it stumbled over (an empty "v1="), nothing was verified.
        }
        const read = readEvent(signed);
        return read ? { ok: true, ...read } : { ok: false, reason: "no-event" };
      }
      return { ok: false, reason: "bad-signature" };
    },

    async healthy() {
      try {
        await stripe.balance.retrieve({}, { timeout: 2_000, maxNetworkRetries: 0 });
        return true;
      } catch {
        return false;
      }
    },
  };
}
