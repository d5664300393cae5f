import type Stripe from "stripe";
import type { Store } from "../store.ts";
import type { WireSession } from "./build-session.ts";
import { invalidParameter } from "./errors.ts";
import { find, type Kind } from "./keep.ts";

type Shown = Record<string, unknown>;

/** A session as Stripe shows it when nobody asks for more. */
export function hideLines(session: WireSession): Omit<WireSession, "line_items"> {
  const { line_items: _hidden, ...shown } = session;
  return shown;
}

const INTENT = "payment_intent";
/** Which fields of which kind hold an id that `expand` may replace by the object. */
const REFERENCES: Record<string, Record<string, Kind[]>> = {
  "checkout.session": { payment_intent: [INTENT] },
  payment_intent: { latest_charge: ["charge"], payment_method: ["payment_method"] },
  charge: { balance_transaction: ["balance_transaction"], payment_intent: [INTENT] },
  refund: {
    balance_transaction: ["balance_transaction"],
    charge: ["charge"],
    failure_balance_transaction: ["balance_transaction"],
    payment_intent: [INTENT],
  },
  dispute: { charge: ["charge"], payment_intent: [INTENT] },
  balance_transaction: { source: ["charge", "refund", "dispute"] },
};

/** The answer to a request: what is hidden by default is left out, what `expand` names is put in. */
export function show(store: Store, object: { object: string }, expand: string[] = []): Shown {
  const shown: Shown = { ...object };
  if (object.object === "checkout.session" && !expand.includes("line_items"))
    delete shown.line_items;
  for (const path of expand) {
    const steps = path.split(".");
    if (steps.length > 4)
      throw invalidParameter("You cannot expand more than 4 levels of a property.", "expand");
    follow(store, shown, steps, path);
  }
  return shown;
}

function follow(store: Store, shown: Shown, steps: string[], path: string) {
  const [name, ...rest] = steps;
  if (!name) return;
  const kind = String(shown.object);
  if (kind === "charge" && name === "refunds") {
    shown.refunds = refundsOf(store, String(shown.id));
    return;
  }
  if (kind === "checkout.session" && name === "line_items" && rest.length === 0) return;
  const kinds = REFERENCES[kind]?.[name];
  if (!kinds) throw invalidParameter(`This property cannot be expanded (${path}).`, "expand");
  const value = shown[name];
  if (value === null || value === undefined) return;
  if (typeof value === "string") {
    const found = kinds.map((each) => find(store, each, value)).find(Boolean);
    if (!found) return;
    shown[name] = { ...found };
  }
  if (rest.length > 0) follow(store, shown[name] as Shown, rest, path);
}

function refundsOf(store: Store, charge: string): Stripe.ApiList<Stripe.Refund> {
  const rows = store.all<{ body: string }>(
    "SELECT body FROM objects WHERE source = ? AND kind = 'refund' ORDER BY seq DESC LIMIT 10",
    charge,
  );
  const data = rows.map((row) => JSON.parse(row.body) as Stripe.Refund);
  return { object: "list", data, has_more: false, url: `/v1/charges/${charge}/refunds` };
}
