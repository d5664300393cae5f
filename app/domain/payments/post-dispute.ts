import type { Transaction as DbTransaction } from "kysely";
import type { Dispute } from "#app/gateways/payments.ts";
import type { DB } from "#db/schema.d.ts";
import { type LedgerEntry, postTransaction } from "../ledger/post.ts";

async function post(trx: DbTransaction<DB>, entry: LedgerEntry): Promise<void> {
  const posted = await postTransaction(trx, entry);
  if (!posted.ok) throw new Error(`${entry.idempotencyKey} is ${posted.reason}`);
}

/**
 * Posts what a dispute has moved so far: each of Stripe's balance transactions once, under its
 * id, and its fee apart, so that clearing can be compared with Stripe line by line. What a lost
 * dispute took becomes the market's loss (cover-loss.ts says what may pay for it), or clears a
 * payment that was put aside. Repeated runs post nothing. `dispute.id` is our row's.
 */
export async function postDispute(
  trx: DbTransaction<DB>,
  dispute: Pick<Dispute, "movements" | "currency"> & { id: string },
  end: { isLost: boolean; isSale: boolean },
): Promise<void> {
  const suffix = dispute.currency === "cny" ? "" : `-${dispute.currency}`;
  const [clearing, withdrawn] = [`stripe:clearing${suffix}`, `dispute:withdrawn${suffix}`];
  const cause = { causeType: "dispute", causeId: dispute.id };
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
  if (!end.isLost || takenFen === 0) return;
  await post(trx, {
    ...cause,
    kind: "dispute",
    idempotencyKey: `dispute-lost:${dispute.id}`,
    occurredAt: new Date(),
    postings: [
      { account: end.isSale ? "dispute-loss:market" : `suspense:payments${suffix}`, fen: takenFen },
      { account: withdrawn, fen: -takenFen },
    ],
  });
}
