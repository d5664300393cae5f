import type { Transaction as DbTransaction } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { postTransaction } from "../ledger/post.ts";

/**
 * Posts money that came but is no sale: Stripe holds it, and it is owed back until it is cleared
 * up. Another currency has accounts of its own, its smallest units are never added to fen.
 */
export async function postSuspense(
  trx: DbTransaction<DB>,
  payment: { id: string; fen: number; currency: string },
  occurredAt: Date,
): Promise<void> {
  const suffix = payment.currency === "cny" ? "" : `-${payment.currency}`;
  const posted = await postTransaction(trx, {
    kind: "suspense",
    causeType: "payment",
    causeId: payment.id,
    idempotencyKey: `suspense:${payment.id}`,
    occurredAt,
    postings: [
      { account: `stripe:clearing${suffix}`, fen: payment.fen },
      { account: `suspense:payments${suffix}`, fen: -payment.fen },
    ],
  });
  if (!posted.ok) throw new Error(`payment ${payment.id} cannot be put aside: ${posted.reason}`);
}
