import { type Kysely, sql, type Transaction } from "kysely";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import { type Published, type PublishInput, putUp } from "#app/domain/listings/publish-listing.ts";
import { queueMessage } from "#app/domain/messages/queue-message.ts";
import { queueJob } from "#app/domain/queue/queue-job.ts";
import type { OnBehalfScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { askedKey, CONSENT_HOURS, MOST_ASKED_A_DAY } from "./consent-rules.ts";
import { readHouseholdPhone } from "./read-household.ts";

export type ListedOnBehalf = Published | { ok: false; reason: "no-phone" | "asked-too-often" };

class AskedTooOften extends Error {}

/**
 * Lists for a household of the manager's cooperative what it has at hand: a draft on the
 * household's own relief account, which nobody is shown, and the question whether it agrees, all
 * or nothing. The question goes out by text message (`queueMessage`); without an answer in 24
 * hours it is refused (job `expire-consent`). Price in fen for one sale unit, weight in grams. The
 * same client key, or the very same offer within half an hour, is one listing and one question.
 *
 * Fails as `publishListing` does; with `no-phone` when nobody of the household can be asked; with
 * `asked-too-often` after 5 listings on one day in Shanghai. Locks the household's row: two forms
 * for one household come one after the other.
 */
export async function listOnBehalf(
  db: Kysely<DB>,
  scope: OnBehalfScope,
  input: PublishInput,
  now: Date = new Date(),
): Promise<ListedOnBehalf> {
  try {
    return await db.transaction().execute(async (trx) => {
      await sql`select from households where id = ${scope.householdId}
        for no key update`.execute(trx);
      if (!(await readHouseholdPhone(trx, scope.householdId))) {
        return { ok: false, reason: "no-phone" } as const;
      }
      const listed = await putUp(trx, scope, input, { status: "draft", now });
      if (listed.ok && listed.isNew) await ask(trx, scope, listed.listingId, now);
      return listed;
    });
  } catch (error) {
    if (error instanceof AskedTooOften) return { ok: false, reason: "asked-too-often" };
    throw error;
  }
}

async function ask(
  trx: Transaction<DB>,
  { householdId, cooperativeId, userId }: OnBehalfScope,
  listingId: string,
  now: Date,
): Promise<void> {
  const today = new Date(`${shanghaiDay(now)}T00:00:00+08:00`);
  const { asked, isAnyByWords } = await trx
    .selectFrom("listing_consents")
    .where("household_id", "=", householdId)
    .select(sql<number>`count(*) filter (where asked_at >= ${today})`.as("asked"))
    .select(
      sql<boolean>`coalesce(bool_or(answer is null and takes_words), false)`.as("isAnyByWords"),
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
