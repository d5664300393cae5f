import { type Kysely, sql } from "kysely";
import type { HouseholdScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";

/**
 * Keeps in which language a farmer uses the market now: her household's text messages come in it. A
 * language she uses already is not written again. Cannot fail; locks her membership.
 */
export async function keepLanguage(
  db: Kysely<DB>,
  { userId, householdId }: HouseholdScope,
  locale: "zh" | "en",
): Promise<void> {
  await sql`update household_members set locale = ${locale}
    where user_id = ${userId} and household_id = ${householdId} and ended_at is null
      and coalesce(locale, 'zh') <> ${locale}`.execute(db);
}
