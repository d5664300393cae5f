import type Stripe from "stripe";
import type { Movement } from "./payments.ts";
import { dateOf, idOf } from "./stripe-shapes.ts";

/** The most that Stripe puts on a page. */
const A_PAGE = 100;

function movementOf(line: Stripe.BalanceTransaction): Movement {
  return {
    id: line.id,
    fen: line.amount,
    feeFen: line.fee,
    currency: line.currency,
    type: line.type,
    category: line.reporting_category,
    sourceId: idOf(line.source),
    movedAt: dateOf(line.created),
    availableAt: dateOf(line.available_on),
  };
}

/** One page of the balance, newest first; `next` is null on the last. */
export async function listMovements(
  stripe: Stripe,
  { since, after }: { since: Date | null; after: string | null },
): Promise<{ movements: Movement[]; next: string | null }> {
  const page = await stripe.balanceTransactions.list({
    limit: A_PAGE,
    ...(since && { created: { gte: Math.floor(since.getTime() / 1000) } }),
    ...(after !== null && { starting_after: after }),
  });
  const next = page.has_more ? (page.data.at(-1)?.id ?? null) : null;
  return { movements: page.data.map(movementOf), next };
}
