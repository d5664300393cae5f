import { type Kysely, sql } from "kysely";
import { validate as isUuid, v7 as uuidv7 } from "uuid";
import { noteAct } from "#app/domain/audit/note-act.ts";
import { queueMessage } from "#app/domain/messages/queue-message.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";

/** The account that a household is paid to. */
export type HouseholdBank = { name: string; number: string; bank: string };
type Read = { headName: string; account: HouseholdBank | null };

/**
 * Where a household of the scope's cooperative is paid to: null where it is not known in full, and
 * undefined of an unknown household, or another cooperative's. Locks nothing; with `lock` its row.
 */
export async function readHouseholdBank(
  db: Kysely<DB>,
  scope: CoopScope,
  householdId: string,
  { lock = false } = {},
): Promise<Read | undefined> {
  if (!isUuid(householdId)) return undefined;
  const { rows } = await sql<{ headName: string } & Record<keyof HouseholdBank, string | null>>`
    select head_name as "headName", bank_account_name as name, bank_account_number as number,
      bank_name as bank
    from households where id = ${householdId} and cooperative_id = ${scope.cooperativeId}
    ${lock ? sql`for no key update` : sql``}`.execute(db);
  const [found] = rows;
  if (!found) return undefined;
  const { headName, name, number, bank } = found;
  return { headName, account: name && number && bank ? { name, number, bank } : null };
}

/** What a form was filled from: who saves behind another's change is told so. Pure. */
export const bankSeen = (account: HouseholdBank | null): string =>
  account ? account.number.slice(-4) : "none";

/**
 * Sets where a household of the scope's cooperative is paid to, from the next run that is prepared on:
 * a run keeps what it was prepared with. Who changed it is noted by how the number ends, by which the
 * household is told, too: whoever leads its money elsewhere cannot do so unseen. The form has checked
 * it. The same account again changes and tells nothing.
 *
 * Fails with "household-not-found" (or another cooperative's) and "bank-changed" (somebody set another
 * since the form was filled, `seen`). Locks the household's row.
 */
export async function setHouseholdBank(
  db: Kysely<DB>,
  scope: CoopScope,
  { householdId, account, seen }: { householdId: string; account: HouseholdBank; seen: string },
): Promise<
  { ok: true; isNew: boolean } | { ok: false; reason: "household-not-found" | "bank-changed" }
> {
  return db.transaction().execute(async (trx) => {
    const before = await readHouseholdBank(trx, scope, householdId, { lock: true });
    if (!before) return { ok: false, reason: "household-not-found" } as const;
    const stands = before.account;
    const isSame =
      stands?.name === account.name &&
      stands.number === account.number &&
      stands.bank === account.bank;
    if (isSame) return { ok: true, isNew: false } as const;
    if (seen !== bankSeen(stands)) return { ok: false, reason: "bank-changed" } as const;
    await trx
      .updateTable("households")
      .set({
        bank_account_name: account.name,
        bank_account_number: account.number,
        bank_name: account.bank,
      })
      .where("id", "=", householdId)
      .execute();
    await noteAct(trx, {
      ...{ actor: scope.userId, action: "household.bank-set" },
      subject: { type: "household", id: householdId },
      before: stands && { numberEnd: stands.number.slice(-4) },
      after: { numberEnd: account.number.slice(-4) },
    });
    await queueMessage(trx, {
      ...{ to: { householdId }, template: "household.bank-set" as const },
      params: { end: account.number.slice(-4) },
      key: `bank-set:${uuidv7()}`,
    });
    return { ok: true, isNew: true } as const;
  });
}
