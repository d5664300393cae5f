import type { Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { answerIn } from "./answer-consent.ts";

/**
 * Takes back whatever a household is being asked about: its cooperative can ask anew. Locks the questions
 * in the order of their listings.
 */
export async function takeBackQuestions(
  trx: Transaction<DB>,
  householdId: string,
  by: string,
  now: Date,
): Promise<void> {
  const asked = await trx
    .selectFrom("listing_consents")
    .select("listing_id")
    .where("household_id", "=", householdId)
    .where("answer", "is", null)
    .orderBy("listing_id")
    .execute();
  for (const { listing_id } of asked) {
    await answerIn(trx, listing_id, { answer: "withdrawn", way: "cooperative", by, now });
  }
}
