import type { Kysely, Transaction } from "kysely";
import { differencesOf } from "#app/domain/listings/amend-published.ts";
import { type PublishInput, putUp } from "#app/domain/listings/publish-listing.ts";
import { readListedDraft } from "#app/domain/listings/read-own-listings.ts";
import type { OnBehalfScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { answerIn } from "./answer-consent.ts";
import { askHousehold, whereItCanBeAsked } from "./ask-household.ts";
import type { ConsentAnswer } from "./consent-rules.ts";
import type { ListedOnBehalf } from "./list-on-behalf.ts";

/** It is no question any more: the household has answered, or a manager has taken it back. */
type Over = { ok: false; reason: "answered-otherwise"; answer: ConsentAnswer };
type Unknown = { ok: false; reason: "listing-unknown" };

const MENDED: Over = { ok: false, reason: "answered-otherwise", answer: "withdrawn" };

class NotOpen extends Error {
  readonly end: Over | Unknown;
  constructor(end: Over | Unknown) {
    super(end.reason);
    this.end = end;
  }
}

/**
 * Offers for a household something else than it is being asked about: the question is taken back,
 * and another one is asked of another draft, which says all that is offered now, all or nothing.
 * So no answer, link or word of the old question can agree to the new offer. Where the household is
 * being asked just that already (`isTwin`), the old question is taken back and that one waits alone.
 * The same client key, or a form in which nothing was changed, has no effect; where that key's form
 * said something else, it is `answered-otherwise`.
 *
 * Fails as `listOnBehalf` does; with `listing-unknown` (also for another household's) and
 * `answered-otherwise` (the household was faster, or another manager). Locks the household's row,
 * then the old question.
 */
export async function mendListed(
  db: Kysely<DB>,
  scope: OnBehalfScope,
  { listingId, ...input }: PublishInput & { listingId: string },
  now: Date = new Date(),
): Promise<ListedOnBehalf | Over | Unknown> {
  try {
    return await whereItCanBeAsked(db, scope, async (trx) => {
      const before = await readListedDraft(trx, scope, listingId);
      if (before && differencesOf(before, input).length === 0) {
        return { ok: true, listingId, isNew: false } as const;
      }
      const listed = await putUp(trx, scope, input, { status: "draft", now });
      if (!listed.ok) return listed;
      // By this form it was mended already, to something else.
      if (listed.saidBefore) throw new NotOpen(MENDED);
      if (listed.isTwin) {
        // Sent twice, the old question is taken back already.
        const withdrawn = await withdraw(trx, scope, { listingId, now });
        if (!withdrawn.ok) throw new NotOpen(withdrawn);
      }
      if (!listed.isNew) return listed;
      await takeBack(trx, scope, { listingId, replacedBy: listed.listingId, now });
      await askHousehold(trx, scope, listed.listingId, now);
      return listed;
    });
  } catch (error) {
    if (error instanceof NotOpen) return error.end;
    throw error;
  }
}

/**
 * Takes a question back: nobody can answer it any more, and what was listed is never shown. Again
 * it changes nothing (`isNew: false`). Fails with `listing-unknown` (also for another household's)
 * and `answered-otherwise`. Locks the question.
 */
export async function withdrawListed(
  db: Kysely<DB>,
  scope: OnBehalfScope,
  listingId: string,
  now: Date = new Date(),
): Promise<{ ok: true; isNew: boolean } | Over | Unknown> {
  return db.transaction().execute((trx) => withdraw(trx, scope, { listingId, now }));
}

type Taken = { listingId: string; replacedBy?: string; now: Date };

async function withdraw(trx: Transaction<DB>, scope: OnBehalfScope, taken: Taken) {
  const { listingId, replacedBy, now } = taken;
  const own = await trx
    .selectFrom("listing_consents")
    .select("listing_id")
    .where("listing_id", "=", listingId)
    .where("household_id", "=", scope.householdId)
    .executeTakeFirst();
  if (!own) return { ok: false, reason: "listing-unknown" } as const;
  const given = { answer: "withdrawn", way: "cooperative", by: scope.userId, now } as const;
  const answered = await answerIn(trx, listingId, { ...given, replacedBy });
  if (answered.ok) return { ok: true, isNew: answered.isNew } as const;
  if (answered.reason === "answered-otherwise") return { ...answered, reason: answered.reason };
  return { ok: false, reason: "listing-unknown" } as const;
}

/** As `withdraw`, but nothing of the transaction stays where another was faster. */
async function takeBack(trx: Transaction<DB>, scope: OnBehalfScope, taken: Taken): Promise<void> {
  const withdrawn = await withdraw(trx, scope, taken);
  if (!withdrawn.ok) throw new NotOpen(withdrawn);
  if (withdrawn.isNew) return;
  throw new NotOpen(MENDED);
}
