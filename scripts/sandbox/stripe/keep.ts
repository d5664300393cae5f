import type Stripe from "stripe";
import type { Store } from "../store.ts";
import type { WireSession } from "./build-session.ts";

/** What is kept, by the name of its kind. */
export interface Kinds {
  "checkout.session": WireSession;
  payment_intent: Stripe.PaymentIntent;
  payment_method: Stripe.PaymentMethod;
  charge: Stripe.Charge;
  refund: Stripe.Refund;
  dispute: Stripe.Dispute;
  balance_transaction: Stripe.BalanceTransaction;
  event: Stripe.EventBase;
}
export type Kind = keyof Kinds;

interface Place {
  payment_intent?: string | null;
  source?: string | null;
  dueAt?: number | null;
}

/** Writes a new object; `place` is what lists are filtered by and when the sweep looks again. */
export function keep<K extends Kind>(store: Store, kind: K, object: Kinds[K], place: Place = {}) {
  store.run(
    "INSERT INTO objects (id, kind, created, payment_intent, source, due_at, body) VALUES (?, ?, ?, ?, ?, ?, ?)",
    object.id,
    kind,
    object.created,
    place.payment_intent ?? null,
    place.source ?? null,
    place.dueAt ?? null,
    JSON.stringify(object),
  );
  return object;
}

/** Overwrites an object that is already kept. What `place` leaves out stays as it was. */
export function change<K extends Kind>(store: Store, object: Kinds[K], place: Place = {}) {
  const { payment_intent, dueAt } = place;
  store.run(
    "UPDATE objects SET body = ?, payment_intent = coalesce(?, payment_intent), due_at = iif(?, ?, due_at) WHERE id = ?",
    JSON.stringify(object),
    payment_intent ?? null,
    dueAt === undefined ? 0 : 1,
    dueAt ?? null,
    object.id,
  );
  return object;
}

export function find<K extends Kind>(store: Store, kind: K, id: string): Kinds[K] | undefined {
  const row = store.first<{ body: string }>(
    "SELECT body FROM objects WHERE id = ? AND kind = ?",
    id,
    kind,
  );
  return row && (JSON.parse(row.body) as Kinds[K]);
}

/** For an id that we wrote ourselves: its absence is a bug. */
export function mustFind<K extends Kind>(store: Store, kind: K, id: string): Kinds[K] {
  const object = find(store, kind, id);
  if (!object) throw new Error(`the sandbox lost ${kind} ${id}`);
  return object;
}
