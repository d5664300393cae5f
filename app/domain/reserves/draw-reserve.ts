import type { Transaction as DbTransaction } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { DB } from "#db/schema.d.ts";
import type { LockedReserve } from "./lock-reserve.ts";
import { postReserve } from "./post-reserve.ts";
import { drawnFen } from "./reserve-rule.ts";

/**
 * Draws what a claim costs its cooperative out of its reserve, as far as that goes, in whole fen; the fees
 * bear the rest. Back to the fees, which the claim's own entry has taken it from: so that entry is the same with
 * a reserve and without, and of households only it moves anything. Once of each claim. The caller
 * holds the order's row, the claim's and the reserve's, and has posted what the claim costs.
 */
export async function drawReserve(
  trx: DbTransaction<DB>,
  reserve: LockedReserve,
  { claimId, borneFen, occurredAt }: { claimId: string; borneFen: number; occurredAt: Date },
): Promise<void> {
  const fen = drawnFen(borneFen, reserve.balanceFen);
  if (fen === 0) return;
  const id = uuidv7();
  await trx
    .insertInto("reserve_moves")
    .values({
      ...{ id, cooperative_id: reserve.cooperativeId, number: reserve.moves + 1 },
      ...{ claim_id: claimId, before_fen: reserve.balanceFen, fen: -fen, occurred_at: occurredAt },
    })
    .execute();
  await postReserve(trx, { id, slug: reserve.slug, fen: -fen, isDrawn: true, occurredAt });
}
