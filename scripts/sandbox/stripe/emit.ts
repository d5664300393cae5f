import Stripe from "stripe";
import { newId } from "./ids.ts";
import { keep } from "./keep.ts";
import type { Cause, Sandbox } from "./sandbox.ts";

interface Happening {
  type: Stripe.Event.Type;
  object: Stripe.Event.Data.Object;
  previous?: Stripe.Event.Data.PreviousAttributes;
}

/** Records what happened and queues its webhooks; `happenings` are in the order Stripe lists them. */
export function emit({ store, courier, now }: Sandbox, cause: Cause, happenings: Happening[]) {
  const events = happenings.map(({ type, object, previous }) => {
    const event = {
      id: newId.event(),
      object: "event",
      api_version: Stripe.API_VERSION,
      created: now(),
      data: previous ? { object, previous_attributes: previous } : { object },
      livemode: false,
      pending_webhooks: 1,
      request: { id: cause.requestId, idempotency_key: cause.idempotencyKey },
      type,
    } satisfies Stripe.EventBase;
    return keep(store, "event", event, { source: type });
  });
  courier.queue(events);
}
