import type { Kysely } from "kysely";
import type { SellerScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";

/** Where its produce is said to come from and what the household is called there: no more is shown. */
export type ShownHome = { village: string; alias: string };

/**
 * What buyers will read beside anything that this household lists: its village as the register has
 * it (`publishListing` takes just that), and its alias. Locks nothing; throws for a household that is
 * none, which no scope is of.
 */
export async function readShownHome(
  db: Kysely<DB>,
  { householdId }: SellerScope,
  locale: "zh" | "en",
): Promise<ShownHome> {
  const both = await db
    .selectFrom("households")
    .select(["village_zh", "village_en", "alias_zh", "alias_en"])
    .where("id", "=", householdId)
    .executeTakeFirstOrThrow();
  return locale === "en"
    ? { village: both.village_en, alias: both.alias_en }
    : { village: both.village_zh, alias: both.alias_zh };
}
