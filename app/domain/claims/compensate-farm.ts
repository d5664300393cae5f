import { type Transaction as DbTransaction, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { type Posting, postTransaction } from "../ledger/post.ts";
import { drawReserve } from "../reserves/draw-reserve.ts";
import { lockReserve } from "../reserves/lock-reserve.ts";

type Part = Required<Posting>;

/** What a refund was said to take from households. */
async function readFarmParts(trx: DbTransaction<DB>, refundId: string): Promise<Part[]> {
  const { rows } = await sql<Part>`
    select account_code as account, fen, order_line_id as "orderLineId",
      relief_account_id as "reliefAccountId"
    from refund_parts where refund_id = ${refundId} and account_code like 'relief:%'
    order by id`.execute(trx);
  return rows;
}

/**
 * Has the cooperative bear what a claim's refund takes from households, because the fault was its
 * own or its carrier's: `coop-fee:<slug>` gives each of them, line by line, just what the refund
 * takes (which took the fee's own part already). An entry of its own, under the claim: the refund
 * goes on as any other, and whatever becomes of it (given, sent back and owed, given by a bank), the households
 * pay for it, and have been paid for it, once. Nothing is posted where no household gives
 * anything. The cooperative's reserve pays for it first, by an entry of its own (draw-reserve.ts). In whole
 * fen; once of each claim. The caller holds the order's row and the claim's; the reserve's is locked.
 */
export async function compensateFarm(
  trx: DbTransaction<DB>,
  claim: { id: string; cooperativeId: string; slug: string; refundId: string },
  occurredAt: Date,
): Promise<void> {
  const parts = await readFarmParts(trx, claim.refundId);
  if (parts.length === 0) return;
  // Locked before what it may bear is posted: what it held then is what it bears of it.
  const reserve = await lockReserve(trx, claim.cooperativeId);
  if (!reserve) throw new Error(`claim ${claim.id} is of a cooperative without a reserve`);
  const lines = Map.groupBy(parts, ({ orderLineId }) => orderLineId);
  const borne = [...lines].map(([orderLineId, of]) => ({
    account: `coop-fee:${claim.slug}`,
    orderLineId,
    fen: of.reduce((sum, { fen }) => sum + fen, 0),
  }));
  const posted = await postTransaction(trx, {
    kind: "claim",
    causeType: "claim",
    causeId: claim.id,
    idempotencyKey: `claim:${claim.id}`,
    occurredAt,
    postings: [...parts.map((part) => ({ ...part, fen: -part.fen })), ...borne],
  });
  if (!posted.ok) throw new Error(`what is borne for claim ${claim.id} is ${posted.reason}`);
  const borneFen = parts.reduce((sum, { fen }) => sum + fen, 0);
  await drawReserve(trx, reserve, { claimId: claim.id, borneFen, occurredAt });
}
