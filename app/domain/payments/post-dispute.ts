import type { Transaction as DbTransaction } from "kysely";
import type { Dispute } from "#app/gateways/payments.ts";
import type { DB } from "#db/schema.d.ts";
import { type LedgerEntry, postTransaction } from "../ledger/post.ts";
import { movedByDispute, ofDispute, suffixOf } from "./moved-by-dispute.ts";
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
 * the payment's; only Stripe's line and its fee are on those of the line's. Where Stripe has exchanged
 * the money, each line stands for the whole dispute: what the bank took or gave back is the dispute's
 * own amount, and no line of another currency is ever added to fen. Repeated runs post nothing.
 * `dispute.id` is our row's. Rule 2 of the product.
 */
export async function postDispute(
  trx: DbTransaction<DB>,
  dispute: Pick<Dispute, "movements" | "currency" | "fen"> & { id: string },
  end: { isLost: boolean; paymentId: string },
): Promise<void> {
  const suffix = suffixOf(dispute.currency);
  const withdrawn = `dispute:withdrawn${suffix}`;
  const cause = { causeType: "dispute", causeId: dispute.id } as const;
  for (const line of dispute.movements) {
    const { id, fen, feeFen, movedAt } = line;
    const at = { ...cause, occurredAt: movedAt };
    const clearing = `stripe:clearing${suffixOf(line.currency)}`;
    if (fen !== 0) {
      const postings = movedByDispute(dispute, line, withdrawn);
      await post(trx, { ...at, kind: "dispute", idempotencyKey: `dispute:${id}`, postings });
    }
    if (feeFen !== 0) {
      await post(trx, {
        ...at,
        kind: "stripe-fee",
        idempotencyKey: `dispute-fee:${id}`,
        postings: [
          { account: `stripe-fee:disputes${suffixOf(line.currency)}`, fen: feeFen },
          { account: clearing, fen: -feeFen },
        ],
      });
    }
  }
  const takenFen = -dispute.movements.reduce((sum, line) => sum + ofDispute(dispute, line), 0);
  const fen = end.isLost ? takenFen : 0;
  await postLosses(trx, end.paymentId, { disputeId: dispute.id, fen, suffix });
}
