import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { recordPaymentEvent } from "#app/domain/payments/record-event.ts";

/** A browser that comes here is lost. */
export const loader = () => redirect("/", 303);

/**
 * The body's text with every byte accounted for: `text()` would drop a byte order mark and mend
 * broken UTF-8, and so take bytes that nobody signed. Those read as nothing.
 */
function asSigned(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return "";
  }
}

/**
 * POST /webhooks/stripe: verify the signature over the body as it came, keep the event by its id,
 * queue the settling, answer. Stripe sends again for three days unless it gets a 2xx, so an
 * outage of our database is answered 500 and nothing is lost.
 * https://docs.stripe.com/webhooks
 */
export async function action({ request, context }: ActionFunctionArgs) {
  if (request.method !== "POST") return new Response(null, { status: 405 });
  const signature = request.headers.get("stripe-signature") ?? "";
  const body = asSigned(await request.arrayBuffer());
  const verified = context.payments.verifyWebhook(body, signature);
  if (!verified.ok) {
    const what = verified.reason === "no-event" ? "that is no event" : "with a bad signature";
    context.log.warn(`a webhook ${what} was refused`);
    return Response.json({ error: verified.reason }, { status: 400 });
  }
  if (verified.isOdd) {
    context.log.warn(
      "a signed webhook with an odd time or id was taken for what can be read of it",
    );
  }
  const { isNew } = await recordPaymentEvent(context.db, verified.event);
  return Response.json({ received: true, isNew });
}
