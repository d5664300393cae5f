import type { Kysely, Transaction } from "kysely";
import { queueIndexing } from "#app/domain/queue/queue-job.ts";
import type { HouseholdScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { findConsentLink } from "./consent-links.ts";
import type { ConsentAnswer, ConsentWord } from "./consent-rules.ts";

export type Answered =
  | { ok: true; listingId: string; answer: ConsentAnswer; isNew: boolean }
  | { ok: false; reason: "consent-unknown" | "still-open" }
  /** What stands is said: an answer is given once, and too late is no. */
  | { ok: false; reason: "answered-otherwise"; answer: ConsentAnswer };

type Way = "link" | "account" | "reply" | "deadline" | "cooperative";
type Given = {
  answer: ConsentAnswer;
  way: Way;
  by: string | null;
  now: Date;
  /** The draft about which the household is asked instead of one that is withdrawn. */
  replacedBy?: string;
};

/**
 * Writes the one answer to the question about a listing. Agreed puts the listing on the shelf;
 * anything else leaves it a draft for ever. An answer at the deadline or later is none: the
 * question is then over. The same answer again changes nothing. Fails with `consent-unknown`,
 * `answered-otherwise` and, for silence, `still-open`. Locks the consent, then its listing.
 */
export async function answerIn(
  trx: Transaction<DB>,
  listingId: string,
  given: Given,
): Promise<Answered> {
  const consent = await trx
    .selectFrom("listing_consents")
    .select(["answer", "expires_at"])
    .where("listing_id", "=", listingId)
    .forUpdate()
    .executeTakeFirst();
  if (!consent) return { ok: false, reason: "consent-unknown" };
  if (consent.answer !== null) return standing(listingId, consent.answer, given.answer);
  const isOver = consent.expires_at <= given.now;
  if (given.answer === "expired" && !isOver) return { ok: false, reason: "still-open" };
  const written: Given = isOver
    ? { answer: "expired", way: "deadline", by: null, now: given.now }
    : given;
  await trx
    .updateTable("listing_consents")
    .set({
      answer: written.answer,
      answered_by_way: written.way,
      answered_by: written.by,
      answered_at: written.now,
      replaced_by: written.replacedBy,
    })
    .where("listing_id", "=", listingId)
    .execute();
  if (written.answer === "agreed") await putOnShelf(trx, listingId, written.now);
  if (written.answer !== given.answer) {
    return { ok: false, reason: "answered-otherwise", answer: written.answer };
  }
  return { ok: true, listingId, answer: written.answer, isNew: true };
}

function standing(listingId: string, stands: string, given: ConsentAnswer): Answered {
  const answer = stands as ConsentAnswer;
  if (answer === given) return { ok: true, listingId, answer, isNew: false };
  return { ok: false, reason: "answered-otherwise", answer };
}

async function putOnShelf(trx: Transaction<DB>, listingId: string, now: Date): Promise<void> {
  const { numUpdatedRows } = await trx
    .updateTable("listings")
    .set((set) => ({
      status: "published",
      published_at: now,
      updated_at: now,
      version: set("version", "+", 1),
    }))
    .where("id", "=", listingId)
    .where("status", "=", "draft")
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) throw new Error(`listing ${listingId} waits for no consent`);
  await queueIndexing(trx, listingId);
}

/**
 * The answer of whoever holds a link from the text message; nobody is signed in. Fails with
 * `consent-unknown` for a link that is none or has ended, and `answered-otherwise`. Locks as above.
 */
export async function answerByLink(
  db: Kysely<DB>,
  { token, answer }: { token: string; answer: ConsentWord },
  now: Date = new Date(),
): Promise<Answered> {
  const listingId = await findConsentLink(db, token, now);
  if (!listingId) return { ok: false, reason: "consent-unknown" };
  const given: Given = { answer, way: "link", by: null, now };
  return db.transaction().execute((trx) => answerIn(trx, listingId, given));
}

/**
 * The answer of a signed-in member of the household. Fails with `consent-unknown` (also for
 * another household's) and `answered-otherwise`. Locks as above.
 */
export async function answerOwn(
  db: Kysely<DB>,
  scope: HouseholdScope,
  { listingId, answer }: { listingId: string; answer: ConsentWord },
  now: Date = new Date(),
): Promise<Answered> {
  return db.transaction().execute(async (trx) => {
    const own = await trx
      .selectFrom("listing_consents")
      .select("listing_id")
      .where("listing_id", "=", listingId)
      .where("household_id", "=", scope.householdId)
      .executeTakeFirst();
    if (!own) return { ok: false, reason: "consent-unknown" } as const;
    return answerIn(trx, listingId, { answer, way: "account", by: scope.userId, now });
  });
}

/** Silence for 24 hours is a no. Before that, and for what is answered, it changes nothing. */
export async function expireConsent(
  db: Kysely<DB>,
  listingId: string,
  now: Date = new Date(),
): Promise<Answered> {
  const given: Given = { answer: "expired", way: "deadline", by: null, now };
  return db.transaction().execute((trx) => answerIn(trx, listingId, given));
}
