import { type Kysely, sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { noteAct } from "../audit/note-act.ts";
import { type MoveWaits, readWaits, waitsForNothing } from "./read-waits.ts";
import { takeOffSale } from "./take-off-sale.ts";
import { tellHousehold } from "./tell-household.ts";

export type FinishedMove =
  | { ok: true; isNew: boolean }
  | { ok: false; reason: "not-agreed" }
  | { ok: false; reason: "waits"; waits: MoveWaits };

const read = (db: Kysely<DB>, moveId: string) =>
  db
    .selectFrom("household_moves")
    .select(["state", "household_id as householdId", "from_cooperative_id as fromId"])
    .select(["to_cooperative_id as toId", "answered_by as answeredBy"])
    .select("answered_by_side as side")
    .where("id", "=", moveId);

/** Of both, so that no run is prepared meanwhile: by id, as whoever needs several. */
const lockCooperatives = (trx: Transaction<DB>, ids: readonly string[]) =>
  sql`select from cooperatives where id = any(${[...ids]}::uuid[])
    order by id for no key update`.execute(trx);

/**
 * Lets a household that agreed to move belong to the other cooperative, as soon as nothing stands in the
 * way (read-waits.ts); until then it stays where it is, with nothing on sale. What was sold stays with the
 * cooperative that sold it: its parcels, claims and refunds. Her relief account keeps its balance, and
 * whatever it holds is paid by the cooperative that she belongs to when a run is prepared. Once done,
 * again changes nothing. Fails with `not-agreed` and `waits`.
 *
 * Locks both cooperatives by id (see payouts/lock-payouts.ts), the move, the household, then what
 * take-off-sale.ts says.
 */
export async function finishMove(
  db: Kysely<DB>,
  { moveId, now = new Date() }: { moveId: string; now?: Date },
): Promise<FinishedMove> {
  const found = await read(db, moveId).executeTakeFirst();
  if (!found?.householdId || !found.fromId) return { ok: false, reason: "not-agreed" };
  const { householdId, fromId, toId } = found;
  return db.transaction().execute(async (trx): Promise<FinishedMove> => {
    await lockCooperatives(trx, [fromId, toId]);
    const move = await read(trx, moveId).forNoKeyUpdate().executeTakeFirstOrThrow();
    if (move.state === "done") return { ok: true, isNew: false };
    if (move.state !== "agreed") return { ok: false, reason: "not-agreed" };
    const home = await trx
      .selectFrom("households")
      .select("head_name")
      .where("id", "=", householdId)
      .forNoKeyUpdate()
      .executeTakeFirstOrThrow();
    const isCooperative = move.side === "cooperative";
    await takeOffSale(trx, householdId, {
      ...{ moveId, userId: move.answeredBy ?? "", isCooperative, now },
    });
    const waits = await readWaits(trx, householdId);
    if (!waitsForNothing(waits)) return { ok: false, reason: "waits", waits };
    await trx
      .updateTable("households")
      .set({ cooperative_id: toId })
      .where("id", "=", householdId)
      .execute();
    await trx
      .updateTable("household_moves")
      .set({ state: "done", ended_at: now, head_name: home.head_name })
      .where("id", "=", moveId)
      .execute();
    await noteAct(trx, {
      ...{ actor: null, isByRule: true, action: "household-move.done" },
      ...{ before: { state: "agreed" }, after: { state: "done" } },
      subject: { type: "household-move", id: moveId },
    });
    await tellHousehold(trx, { what: "done", moveId, householdId, cooperativeId: toId });
    return { ok: true, isNew: true };
  });
}

/**
 * Ends what nobody has answered in time, and finishes whatever agreed move nothing stands in the way of any
 * more. Each is a transaction of its own; one that fails holds up no other. Locks as finishMove does.
 */
export async function finishMoves(
  db: Kysely<DB>,
  now = new Date(),
): Promise<{ expired: number; finished: number; failed: unknown[] }> {
  const ended = await db
    .updateTable("household_moves")
    .set({ state: "expired", ended_at: now })
    .where("state", "=", "asked")
    .where("expires_at", "<=", now)
    .executeTakeFirst();
  const agreed = await db
    .selectFrom("household_moves")
    .select("id")
    .where("state", "=", "agreed")
    .orderBy("id")
    .execute();
  let finished = 0;
  const failed: unknown[] = [];
  for (const { id: moveId } of agreed) {
    try {
      if ((await finishMove(db, { moveId, now })).ok) finished += 1;
    } catch (error) {
      failed.push(error);
    }
  }
  return { expired: Number(ended.numUpdatedRows), finished, failed };
}
