import { type Kysely, sql, type Transaction } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { DB } from "#db/schema.d.ts";
import { noteAct } from "../audit/note-act.ts";
import type { CoopScope } from "../scopes.ts";
import { answerUntil, MOST_OPEN_MOVES } from "./move-rule.ts";
import { tellHousehold } from "./tell-household.ts";

export type AskedMove =
  | { ok: true; moveId: string; isNew: boolean }
  | { ok: false; reason: "own-already" | "open-already" | "too-many" | "asked-before" };

type Home = { id: string; cooperativeId: string; isAsked: boolean };

/** The household of a code, kept as it is until the transaction ends. */
async function readHome(trx: Transaction<DB>, code: string): Promise<Home | undefined> {
  const { rows: locked } = await sql<{ id: string }>`
    select id from households where register_code = ${code} for no key update`.execute(trx);
  // Behind the lock, for another cooperative may just have asked.
  const { rows } = await sql<Home>`
    select id, cooperative_id as "cooperativeId", exists (select from household_moves m
      where m.household_id = h.id and m.state in ('asked', 'agreed')) as "isAsked"
    from households h where id = ${locked[0]?.id ?? null}`.execute(trx);
  return rows[0];
}

async function refusal(trx: Transaction<DB>, { cooperativeId }: CoopScope, code: string) {
  const { rows } = await sql<{ open: number; isSame: boolean }>`
    select count(*)::int as open, coalesce(bool_or(register_code = ${code}), false) as "isSame"
    from household_moves where to_cooperative_id = ${cooperativeId}
      and state in ('asked', 'agreed')`.execute(trx);
  if (rows[0]?.isSame) return "open-already";
  return (rows[0]?.open ?? 0) >= MOST_OPEN_MOVES ? "too-many" : null;
}

/**
 * Asks, for the scope's cooperative, the household of a register code of another cooperative to come to
 * it; it is told by text message, and has 14 days. Whether there is such a household, or another
 * cooperative has asked it already, is not told: the question is then answered by nobody. The same form
 * again (`clientKey`) is the same question (`isNew: false`).
 *
 * Fails with `own-already` (it is the scope's own household), `open-already` (this code is asked about),
 * `too-many` (20 questions are open) and `asked-before` (the same form has asked about another code).
 * Locks the cooperative's questions, then the household.
 */
export async function askMove(
  db: Kysely<DB>,
  scope: CoopScope,
  asked: { registerCode: string; clientKey: string; now?: Date },
): Promise<AskedMove> {
  const { cooperativeId, userId } = scope;
  const { registerCode, clientKey, now = new Date() } = asked;
  return db.transaction().execute(async (trx): Promise<AskedMove> => {
    const key = `moves-of:${cooperativeId}`;
    await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(trx);
    const known = await trx
      .selectFrom("household_moves")
      .select(["id", "register_code"])
      .where("to_cooperative_id", "=", cooperativeId)
      .where("client_key", "=", clientKey)
      .executeTakeFirst();
    if (known) {
      const isSame = known.register_code === registerCode;
      if (!isSame) return { ok: false, reason: "asked-before" };
      return { ok: true, moveId: known.id, isNew: false };
    }
    const reason = await refusal(trx, scope, registerCode);
    if (reason) return { ok: false, reason };
    const home = await readHome(trx, registerCode);
    if (home?.cooperativeId === cooperativeId) return { ok: false, reason: "own-already" };
    const isMet = home !== undefined && !home.isAsked;
    const moveId = uuidv7();
    await trx
      .insertInto("household_moves")
      .values({
        ...{ id: moveId, to_cooperative_id: cooperativeId, register_code: registerCode },
        ...{ client_key: clientKey, asked_by: userId, expires_at: answerUntil(now) },
        household_id: isMet ? home.id : null,
        from_cooperative_id: isMet ? home.cooperativeId : null,
        created_at: now,
      })
      .execute();
    if (isMet) {
      await tellHousehold(trx, { what: "asked", moveId, householdId: home.id, cooperativeId });
    }
    await noteAct(trx, {
      ...{ actor: userId, action: "household-move.asked", after: { state: "asked" } },
      subject: { type: "household-move", id: moveId },
    });
    return { ok: true, moveId, isNew: true };
  });
}

/**
 * Takes back a question of the scope's cooperative that nobody has answered; false where there is none
 * (any more), and nothing changes. Locks the move.
 */
export async function takeBackMove(
  db: Kysely<DB>,
  { cooperativeId, userId }: CoopScope,
  { moveId, now = new Date() }: { moveId: string; now?: Date },
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const ended = await trx
      .updateTable("household_moves")
      .set({ state: "taken-back", ended_at: now })
      .where("id", "=", moveId)
      .where("to_cooperative_id", "=", cooperativeId)
      .where("state", "=", "asked")
      .returning("id")
      .executeTakeFirst();
    if (!ended) return false;
    await noteAct(trx, {
      ...{ actor: userId, action: "household-move.taken-back" },
      ...{ before: { state: "asked" }, after: { state: "taken-back" } },
      subject: { type: "household-move", id: moveId },
    });
    return true;
  });
}
