import type Stripe from "stripe";
import { createRefund, RefundParams } from "./create-refund.ts";
import { createSession } from "./create-session.ts";
import { noSuch, StripeRefusal } from "./errors.ts";
import type { FormHash } from "./form.ts";
import { find, type Kind } from "./keep.ts";
import { type Listed, ListParams, listObjects } from "./list.ts";
import { hash, integer, listOf, optional, read, text } from "./rules.ts";
import type { Cause, Sandbox } from "./sandbox.ts";
import { SessionParams } from "./session-params.ts";
import { closeSession, openSession } from "./session-state.ts";
import { show } from "./show.ts";

interface Call {
  id: string;
  form: FormHash;
  path: string;
  cause: Cause;
}
interface Endpoint {
  method: "GET" | "POST";
  path: string;
  run(sandbox: Sandbox, call: Call): object;
}

const ExpandOnly = hash({ expand: optional(listOf(text())) });
const LinePages = hash({
  expand: optional(listOf(text())),
  limit: optional(integer(1, 100)),
  starting_after: optional(text()),
});

const retrieve = (path: string, kind: Kind, thing: string, param: string): Endpoint => ({
  method: "GET",
  path: `${path}/:id`,
  run({ store }, { id, form }) {
    const { expand } = read(ExpandOnly, form);
    const object = find(store, kind, id);
    if (!object) throw noSuch(thing, id, param);
    return show(store, object, expand);
  },
});

const list = (path: string, kind: Listed): Endpoint => ({
  method: "GET",
  path,
  run: ({ store }, { form, path: url }) =>
    listObjects(store, kind, read(ListParams[kind], form), url),
});

const expireSession: Endpoint = {
  method: "POST",
  path: "/v1/checkout/sessions/:id/expire",
  run(sandbox, { id, form, cause }) {
    const { expand } = read(ExpandOnly, form);
    const opened = openSession(sandbox, id);
    if (!opened.ok && opened.reason === "unknown") throw noSuch("checkout.session", id, "session");
    if (!opened.ok)
      throw new StripeRefusal(
        `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of \`${opened.reason}\`.`,
        { isRemembered: true },
      );
    return show(sandbox.store, closeSession(sandbox, opened.session, cause), expand);
  },
};

const sessionLines: Endpoint = {
  method: "GET",
  path: "/v1/checkout/sessions/:id/line_items",
  run({ store }, { id, form }) {
    const { limit = 10, starting_after } = read(LinePages, form);
    const session = find(store, "checkout.session", id);
    if (!session) throw noSuch("checkout.session", id, "session");
    const { data } = session.line_items;
    const from = starting_after ? data.findIndex((line) => line.id === starting_after) + 1 : 0;
    const has_more = data.length > from + limit;
    return { ...session.line_items, data: data.slice(from, from + limit), has_more };
  },
};

const balance: Endpoint = {
  method: "GET",
  path: "/v1/balance",
  run({ store }, { form }) {
    read(ExpandOnly, form);
    const of = (status: "available" | "pending") => {
      const sum = store.first<{ net: number }>(
        "SELECT coalesce(sum(body ->> 'net'), 0) AS net FROM objects WHERE kind = 'balance_transaction' AND body ->> 'status' = ?",
        status,
      );
      const amount = sum?.net ?? 0;
      return [{ amount, currency: "cny", source_types: { card: amount } }];
    };
    return {
      object: "balance",
      available: of("available"),
      livemode: false,
      pending: of("pending"),
    } satisfies Stripe.Balance;
  },
};

const account: Endpoint = {
  method: "GET",
  path: "/v1/account",
  run(_sandbox, { form }) {
    read(ExpandOnly, form);
    return {
      id: "acct_1TianjiSandbox00",
      object: "account",
      charges_enabled: true,
      country: "CN",
      default_currency: "cny",
      details_submitted: true,
      email: null,
      payouts_enabled: true,
      settings: null,
      type: "standard",
    } satisfies Partial<Stripe.Account>;
  },
};

/** Every call of Stripe's API that this stand-in answers. */
export const ENDPOINTS: Endpoint[] = [
  {
    method: "POST",
    path: "/v1/checkout/sessions",
    run(sandbox, { form }) {
      const input = read(SessionParams, form);
      return show(sandbox.store, createSession(sandbox, input), input.expand);
    },
  },
  list("/v1/checkout/sessions", "checkout.session"),
  retrieve("/v1/checkout/sessions", "checkout.session", "checkout.session", "session"),
  sessionLines,
  expireSession,
  list("/v1/payment_intents", "payment_intent"),
  retrieve("/v1/payment_intents", "payment_intent", "payment_intent", "intent"),
  list("/v1/charges", "charge"),
  retrieve("/v1/charges", "charge", "charge", "id"),
  {
    method: "POST",
    path: "/v1/refunds",
    run(sandbox, { form, cause }) {
      const input = read(RefundParams, form);
      return show(sandbox.store, createRefund(sandbox, input, cause), input.expand);
    },
  },
  list("/v1/refunds", "refund"),
  retrieve("/v1/refunds", "refund", "refund", "id"),
  list("/v1/disputes", "dispute"),
  retrieve("/v1/disputes", "dispute", "dispute", "id"),
  list("/v1/events", "event"),
  retrieve("/v1/events", "event", "event", "id"),
  list("/v1/balance_transactions", "balance_transaction"),
  retrieve("/v1/balance_transactions", "balance_transaction", "balance transaction", "id"),
  balance,
  account,
];
