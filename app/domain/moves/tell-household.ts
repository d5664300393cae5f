import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { queueMessage } from "../messages/queue-message.ts";

type Told = { what: "asked" | "done"; moveId: string; householdId: string; cooperativeId: string };

/** What a household reads of a cooperative: its name in the language of its first farmer. Locks nothing. */
export async function nameForHousehold(
  trx: Transaction<DB>,
  { householdId, cooperativeId }: { householdId: string; cooperativeId: string },
): Promise<string> {
  const { rows } = await sql<{ cooperative: string }>`
    select case (select m.locale from household_members m
        where m.household_id = ${householdId} and m.ended_at is null
        order by m.created_at, m.id limit 1)
      when 'en' then name_en else name_zh end as cooperative
    from cooperatives where id = ${cooperativeId}`.execute(trx);
  return rows[0]?.cooperative ?? "";
}

/** Tells a household by text message which cooperative asks it to come, or has it now. */
export async function tellHousehold(
  trx: Transaction<DB>,
  { what, moveId, householdId, cooperativeId }: Told,
): Promise<void> {
  const cooperative = await nameForHousehold(trx, { householdId, cooperativeId });
  await queueMessage(trx, {
    ...{ to: { householdId }, template: `move.${what}`, key: `move.${what}:${moveId}` },
    params: { cooperative },
  });
}
