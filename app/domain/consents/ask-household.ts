import { type Kysely, sql, type Transaction } from "kysely";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import { queueMessage } from "#app/domain/messages/queue-message.ts";
import { queueJob } from "#app/domain/queue/queue-job.ts";
import type { OnBehalfScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { askedKey, CONSENT_HOURS, MOST_ASKED_A_DAY } from "./consent-rules.ts";
import { readHouseholdPhone } from "./read-household.ts";

export type CannotAsk = { ok: false; reason: "no-phone" | "asked-too-often" };

class AskedTooOften extends Error {}

/**
 * Does what ends in a question to a household: one form for it after the other, and all of it or
 * nothing. Fails with `no-phone` when nobody of the household can be asked, and with
 * `asked-too-often` when `askHousehold` finds that. Locks the household's row.
 */
export async function whereItCanBeAsked<Done>(
  db: Kysely<DB>,
  { householdId }: OnBehalfScope,
  act: (trx: Transaction<DB>) => Promise<Done>,
): Promise<Done | CannotAsk> {
  try {
    return await db.transaction().execute(async (trx) => {
      await sql`select from households where id = ${householdId} for no key update`.execute(trx);
      if (!(await readHouseholdPhone(trx, householdId))) return { ok: false, reason: "no-phone" };
      return act(trx);
    });
  } catch (error) {
    if (error instanceof AskedTooOften) return { ok: false, reason: "asked-too-often" };
    throw error;
  }
}

/**
 * Asks a household whether it agrees to what was listed for it: the question by text message
 * (`queueMessage`), and the end of the wait for its answer (job `expire-consent`). The caller is
 * inside `whereItCanBeAsked`, which takes everything back after five questions on one day in
 * Shanghai.
 */
export async function askHousehold(
  trx: Transaction<DB>,
  { householdId, cooperativeId, userId }: OnBehalfScope,
  listingId: string,
  now: Date,
): Promise<void> {
  const today = new Date(`${shanghaiDay(now)}T00:00:00+08:00`);
  const aDayAgo = new Date(now.getTime() - CONSENT_HOURS * 3_600_000);
  const { asked, isAnyByWords } = await trx
    .selectFrom("listing_consents")
    .where("household_id", "=", householdId)
    .select(sql<number>`count(*) filter (where asked_at >= ${today})`.as("asked"))
    // Also of what ended without a yes: who has that message still may answer it, for a day, and for
    // another one once it is too late.
    .select(
      sql<boolean>`coalesce(bool_or(takes_words and (answer is null
        or answer in ('withdrawn', 'refused') and expires_at > ${now}
        or answer = 'expired' and expires_at > ${aDayAgo})), false)`.as("isAnyByWords"),
    )
    .executeTakeFirstOrThrow();
  if (asked >= MOST_ASKED_A_DAY) throw new AskedTooOften();
  // A bare "1" must not be able to mean two listings.
  const takesWords = !isAnyByWords;
  const expiresAt = new Date(now.getTime() + CONSENT_HOURS * 3_600_000);
  await trx
    .insertInto("listing_consents")
    .values({
      listing_id: listingId,
      household_id: householdId,
      cooperative_id: cooperativeId,
      asked_by: userId,
      asked_at: now,
      expires_at: expiresAt,
      takes_words: takesWords,
      asked_presale_limit: (eb) =>
        eb.selectFrom("listings").select("presale_limit").where("id", "=", listingId),
    })
    .execute();
  await queueMessage(trx, {
    to: { householdId },
    template: takesWords ? "consent.asked" : "consent.asked-by-link",
    params: { listingId },
    key: askedKey(listingId),
  });
  await queueJob(
    trx,
    "expire-consent",
    { listingId },
    { key: `expire-consent:${listingId}`, runAt: expiresAt },
  );
}
