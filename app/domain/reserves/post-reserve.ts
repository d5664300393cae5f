import type { Transaction as DbTransaction } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { postTransaction } from "../ledger/post.ts";

/** The word of its key: what the cooperative's statement calls it by. */
export function reserveKey(move: { id: string; fen: number; isDrawn: boolean }) {
  if (move.isDrawn) return `reserve-draw:${move.id}` as const;
  return move.fen > 0 ? (`reserve-in:${move.id}` as const) : (`reserve-out:${move.id}` as const);
}

/**
 * Posts a move of a cooperative's reserve, in whole fen, into it or out of it: between its reserve and its
 * fees, and touching nobody else's account. Nothing is posted of a move of nothing. The caller
 * holds the reserve's row and has written the move's.
 */
export async function postReserve(
  trx: DbTransaction<DB>,
  move: { id: string; slug: string; fen: number; isDrawn: boolean; occurredAt: Date },
): Promise<void> {
  if (move.fen === 0) return;
  const posted = await postTransaction(trx, {
    ...{ kind: "reserve", causeType: "reserve", causeId: move.id },
    ...{ idempotencyKey: reserveKey(move), occurredAt: move.occurredAt },
    postings: [
      { account: `reserve:${move.slug}`, fen: -move.fen },
      { account: `coop-fee:${move.slug}`, fen: move.fen },
    ],
  });
  if (!posted.ok) throw new Error(`the reserve's move ${move.id} is ${posted.reason}`);
}
