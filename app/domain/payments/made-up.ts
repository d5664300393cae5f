import { type RawBuilder, sql } from "kysely";

/** Where the money of the seed's payments stands as long as no Stripe knows of them. */
export const MADE_UP = "stripe:made-up";

/** The key under which money of a payment, refund or dispute moves from there to Stripe's clearing account. */
export const takenOverKey = (id: string) => `taken-over:${id}` as const;

/**
 * SQL: whether a payment is the seed's and unknown at Stripe, so that nobody can give its money
 * back. The sandbox takes such payments over (see db/seed/take-over.ts); Stripe itself cannot be
 * given a past. `payment` is its row.
 */
export const isMadeUp = (payment: RawBuilder<unknown>) => sql<boolean>`(
  ${payment}.payment_intent_id like 'pi\\_seed\\_%' and not exists (
    select from ledger_transactions taken
    where taken.idempotency_key = 'taken-over:' || ${payment}.id))`;
