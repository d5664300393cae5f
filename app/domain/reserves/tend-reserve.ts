import { type Transaction as DbTransaction, type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { DB } from "#db/schema.d.ts";
import { type Counted, countNeed, type Share } from "./count-need.ts";
import { type LockedReserve, lockReserve } from "./lock-reserve.ts";
import { postReserve } from "./post-reserve.ts";
import { targetFen } from "./reserve-rule.ts";

/** PostgreSQL takes at most 65,535 parameters a statement. */
const ROWS_AT_ONCE = 5_000;

const sum = (shares: readonly Share[]) => shares.reduce((all, { fen }) => all + fen, 0);

async function writeShares(
  trx: DbTransaction<DB>,
  moveId: string,
  cooperativeId: string,
  { sold, past }: Counted,
): Promise<void> {
  const added = sold.filter(({ fen }) => fen > 0);
  for (let start = 0; start < added.length; start += ROWS_AT_ONCE) {
    const rows = added.slice(start, start + ROWS_AT_ONCE).map(({ orderId, fen }) => {
      return { cooperative_id: cooperativeId, order_id: orderId, fen, added_by: moveId };
    });
    await trx.insertInto("reserve_shares").values(rows).execute();
  }
  if (past.length === 0) return;
  await sql`update reserve_shares set dropped_by = ${moveId}
    where cooperative_id = ${cooperativeId} and dropped_by is null
      and order_id = any(${past.map(({ orderId }) => orderId)}::uuid[])`.execute(trx);
}

/** As `tendReserve`, of a reserve whose row the caller holds. Says what was moved, in fen. */
export async function tendWithin(
  trx: DbTransaction<DB>,
  reserve: LockedReserve,
  now: Date,
): Promise<number> {
  const counted = await countNeed(trx, reserve, now);
  if (!counted) return 0;
  const { overdrawnFen, ownFen, throughSeq, sold, past } = counted;
  const sharesFen = counted.openFen + sum(sold) - sum(past);
  const { balanceFen, ceilingFen, cooperativeId, slug } = reserve;
  const fen = targetFen({ sharesFen, overdrawnFen, ownFen, ceilingFen }) - balanceFen;
  if (fen === 0 && sold.length === 0 && past.length === 0) return 0;
  const id = uuidv7();
  await trx
    .insertInto("reserve_moves")
    .values({
      ...{ id, cooperative_id: cooperativeId, number: reserve.moves + 1, fen },
      ...{ before_fen: balanceFen, through_seq: throughSeq, version: reserve.version },
      ...{ rate_basis_points: reserve.rateBasisPoints, ceiling_fen: ceilingFen },
      ...{ shares_fen: sharesFen, overdrawn_fen: overdrawnFen, own_fen: ownFen, occurred_at: now },
    })
    .execute();
  await writeShares(trx, id, cooperativeId, counted);
  await postReserve(trx, { id, slug, fen, isDrawn: false, occurredAt: now });
  return fen;
}

/**
 * Brings a cooperative's reserve to what it is to hold (reserve-rule.ts): puts in of its own fees what is
 * lacking, releases what is more than is needed, in whole fen, in one entry that names the orders it is kept for from
 * now on and those that it is kept for no longer. It fills, refills and releases by one rule, so that
 * a run that was missed, or ran twice, makes no difference; where nothing has changed nothing is
 * written. Says what was moved: 0 also where nothing is sealed yet. Locks the reserve's row.
 */
export function tendReserve(
  db: Kysely<DB>,
  { cooperativeId, now = new Date() }: { cooperativeId: string; now?: Date },
): Promise<{ fen: number }> {
  return db.transaction().execute(async (trx) => {
    const reserve = await lockReserve(trx, cooperativeId);
    return { fen: reserve ? await tendWithin(trx, reserve, now) : 0 };
  });
}

/** Tends the reserve of every cooperative, one after the other; says how many were moved. */
export async function tendReserves(
  db: Kysely<DB>,
  { now = new Date() }: { now?: Date } = {},
): Promise<{ ok: true; moved: number }> {
  const reserves = await db
    .selectFrom("reserves")
    .select("cooperative_id")
    .orderBy("cooperative_id")
    .execute();
  let moved = 0;
  for (const { cooperative_id: cooperativeId } of reserves) {
    const { fen } = await tendReserve(db, { cooperativeId, now });
    if (fen !== 0) moved += 1;
  }
  return { ok: true, moved };
}
