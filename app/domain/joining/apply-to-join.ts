import { type Kysely, type Selectable, sql, type Transaction } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { DB, HouseholdApplications } from "#db/schema.d.ts";
import { noteAct } from "../audit/note-act.ts";
import { MOST_APPLICATIONS_A_DAY, type Relation } from "./join-rule.ts";
import { isFarming, lockFarming } from "./lock-farming.ts";

/** What somebody says of the household for which she wants to farm; see join-rule.ts for each. */
export type Typed = {
  cooperativeId: string;
  registerCode: string;
  headName: string;
  village: string;
  helperName: string | null;
  relation: Relation;
};

export type Applied =
  | { ok: true; applicationId: string; isNew: boolean }
  | { ok: false; reason: "farms-already" | "open-already" | "too-many" | "cooperative-unknown" }
  /** By the same form: of this household. */
  | { ok: false; reason: "applied-before"; headName: string; registerCode: string };

async function refusal(trx: Transaction<DB>, userId: string, cooperativeId: string, now: Date) {
  if (await isFarming(trx, userId)) return "farms-already";
  const dayAgo = new Date(now.getTime() - 24 * 60 * 60_000);
  const { rows } = await sql<{ isOpen: boolean; sent: number; isKnown: boolean }>`
    select coalesce(bool_or(state = 'open'), false) as "isOpen",
      count(*) filter (where created_at > ${dayAgo})::int as sent,
      exists (select from cooperatives where id = ${cooperativeId}) as "isKnown"
    from household_applications where user_id = ${userId}`.execute(trx);
  const [found] = rows;
  if (!found?.isKnown) return "cooperative-unknown";
  if (found.isOpen) return "open-already";
  return found.sent >= MOST_APPLICATIONS_A_DAY ? "too-many" : null;
}

function saysSame(known: Selectable<HouseholdApplications>, asked: Typed): boolean {
  return (
    known.cooperative_id === asked.cooperativeId &&
    known.register_code === asked.registerCode &&
    known.head_name === asked.headName &&
    known.village === asked.village &&
    known.helper_name === asked.helperName &&
    known.relation === asked.relation
  );
}

/**
 * Asks a cooperative to let somebody farm for a household. Nothing is looked up by the register code:
 * the answer is the same whether there is such a household or not. The same form again (`clientKey`)
 * is the same application (`isNew: false`), where it says the same and was not taken back. `locale` is the language she is told the decision in.
 *
 * Fails with `farms-already` (one household at a time), `open-already`, `too-many` (five in 24
 * hours), `cooperative-unknown`, `applied-before` (the same form has sent another, which is over, or one
 * that she took back). Locks her farming (see lock-farming.ts).
 */
export async function applyToJoin(
  db: Kysely<DB>,
  { userId }: { userId: string },
  asked: Typed & { clientKey: string; locale: "zh" | "en"; now?: Date },
): Promise<Applied> {
  const { cooperativeId, clientKey, locale, now = new Date() } = asked;
  return db.transaction().execute(async (trx) => {
    await lockFarming(trx, userId);
    const known = await trx
      .selectFrom("household_applications")
      .selectAll()
      .where("user_id", "=", userId)
      .where("client_key", "=", clientKey)
      .executeTakeFirst();
    if (known && known.state !== "taken-back" && saysSame(known, asked)) {
      return { ok: true, applicationId: known.id, isNew: false };
    }
    const reason = await refusal(trx, userId, cooperativeId, now);
    if (reason) return { ok: false, reason };
    if (known) {
      const { head_name: headName, register_code: registerCode } = known;
      return { ok: false, reason: "applied-before", headName, registerCode };
    }
    const id = uuidv7();
    await trx
      .insertInto("household_applications")
      .values({
        ...{ id, user_id: userId, client_key: clientKey, cooperative_id: cooperativeId, locale },
        ...{ register_code: asked.registerCode, head_name: asked.headName },
        ...{ village: asked.village, helper_name: asked.helperName, relation: asked.relation },
        created_at: now,
      })
      .execute();
    await noteAct(trx, {
      ...{ actor: userId, action: "household.applied", after: { cooperativeId } },
      subject: { type: "household-application", id },
    });
    return { ok: true, applicationId: id, isNew: true };
  });
}

/**
 * Takes her open application back; when there is none, or it has just been decided, nothing changes
 * (false). Locks her farming.
 */
export async function takeBackApplication(
  db: Kysely<DB>,
  { userId }: { userId: string },
  { now = new Date() } = {},
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    await lockFarming(trx, userId);
    const ended = await trx
      .updateTable("household_applications")
      .set({ state: "taken-back", ended_at: now })
      .where("user_id", "=", userId)
      .where("state", "=", "open")
      .returning("id")
      .executeTakeFirst();
    if (!ended) return false;
    await noteAct(trx, {
      ...{ actor: userId, action: "household.application-taken-back" },
      subject: { type: "household-application", id: ended.id },
      before: { state: "open" },
      after: { state: "taken-back" },
    });
    return true;
  });
}
