import type { Transaction as DbTransaction } from "kysely";
import type { Dispute } from "#app/gateways/payments.ts";
import type { DB } from "#db/schema.d.ts";
import { type LedgerEntry, postTransaction } from "../ledger/post.ts";
import { postLosses } from "./post-losses.ts";

async function post(trx: DbTransaction<DB>, entry: LedgerEntry): Promise<void> {
  const posted = await postTransaction(trx, entry);
  if (!posted.ok) throw new Error(`${entry.idempotencyKey} is ${posted.reason}`);
}

/**
 * Posts what a dispute has moved so far: each of Stripe's balance transactions once, under its
 * id, and its fee apart, so that clearing can be compared with Stripe line by line. What a lost
 * dispute took is posted as post-losses.ts says; a verdict that was changed is reversed, as often as
 * it changes. All of it is on the accounts of the dispute's own currency, which may be another than
 * the payment's. Repeated runs post nothing. `dispute.id` is our row's.
 */
export async function postDispute(
  trx: DbTransaction<DB>,
  dispute: Pick<Dispute, "movements" | "currency"> & { id: string },
  end: { isLost: boolean; paymentId: string },
): Promise<void> {
  const suffix = dispute.currency === "cny" ? "" : `-${dispute.currency}`;
  const [clearing, withdrawn] = [`stripe:clearing${suffix}`, `dispute:withdrawn${suffix}`];
  const cause = { causeType: "dispute", causeId: dispute.id } as const;
  for (const { id, fen, feeFen, movedAt } of dispute.movements) {
    const at = { ...cause, occurredAt: movedAt };
    if (fen !== 0) {
      await post(trx, {
        ...at,
        kind: "dispute",
        idempotencyKey: `dispute:${id}`,
        postings: [
          { account: withdrawn, fen: -fen },
          { account: clearing, fen },
        ],
      });
    }
    if (feeFen !== 0) {
      await post(trx, {
        ...at,
        kind: "stripe-fee",
        idempotencyKey: `dispute-fee:${id}`,
        postings: [
          { account: `stripe-fee:disputes${suffix}`, fen: feeFen },
          { account: clearing, fen: -feeFen },
        ],
      });
    }
  }
  const takenFen = -dispute.movements.reduce((sum, { fen }) => sum + fen, 0);
  const fen = end.isLost ? takenFen : 0;
  await postLosses(trx, end.paymentId, { disputeId: dispute.id, fen, suffix });
}
