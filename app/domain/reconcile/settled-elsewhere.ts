import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";

/**
 * The currency into which Stripe has exchanged a payment of CNY, null when none of those that moved
 * since then: the market needs an account that settles in CNY, or no fen of it can be compared.
 * Locks nothing. https://docs.stripe.com/currencies/conversions
 */
export async function readSettledElsewhere(db: Kysely<DB>, since: Date): Promise<string | null> {
  const { rows } = await sql<{ currency: string }>`
    select m.currency from stripe_movements m
    join payments p on p.charge_id = m.source and p.currency = 'cny'
    where m.category = 'charge' and m.currency <> 'cny' and m.moved_at >= ${since}
    order by m.moved_at desc limit 1`.execute(db);
  return rows[0]?.currency ?? null;
}

/** What an operator has to know of it, in a sentence. Pure. */
export const settledElsewhere = (currency: string) =>
  `the Stripe account settles payments of CNY in ${currency.toUpperCase()}; the market needs one that settles in CNY (README, Settings)`;
