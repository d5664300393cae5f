import type { Kysely, Transaction } from "kysely";
import { mostWithout } from "#app/domain/listings/agreed-terms.ts";
import type { Grade, Unit } from "#app/domain/listings/offer-rules.ts";
import { queueJob } from "#app/domain/queue/queue-job.ts";
import type { DB } from "#db/schema.d.ts";
import { CONSENT_HOURS } from "./consent-rules.ts";

/**
 * What a household is asked about: all that its yes binds it to (listings/agreed-terms.ts), and
 * nothing else of it may stand in the message.
 */
export type ConsentQuestion = {
  cooperativeZh: string;
  cooperativeEn: string;
  titleZh: string;
  titleEn: string;
  grade: Grade;
  priceFen: number;
  unit: Unit;
  unitGrams: number;
  quantity: number;
  /** Of a pre-sale: from when it ships, and how much it may promise at most. */
  shipsFrom: string | null;
  presaleLimit: number | null;
  /** How much its cooperative may then have on sale at once without asking anew. */
  mostOnSale: number;
  takesWords: boolean;
};

/**
 * What a household has yet to be asked; null when it was asked, has answered or is out of time.
 * Locks nothing.
 */
export async function readQuestion(
  db: Kysely<DB>,
  listingId: string,
  now: Date = new Date(),
): Promise<ConsentQuestion | null> {
  const row = await db
    .selectFrom("listing_consents as c")
    .innerJoin("listings as l", "l.id", "c.listing_id")
    .innerJoin("lots", "lots.listing_id", "l.id")
    .innerJoin("cooperatives as k", "k.id", "c.cooperative_id")
    .where("c.listing_id", "=", listingId)
    .where("c.sent_at", "is", null)
    .where("c.answer", "is", null)
    .where("c.expires_at", ">", now)
    .select(["k.name_zh as cooperativeZh", "k.name_en as cooperativeEn"])
    .select(["l.title_zh as titleZh", "l.title_en as titleEn", "l.grade"])
    .select(["l.ships_from as shipsFrom", "l.presale_limit as presaleLimit"])
    .select(["l.price_fen as priceFen", "l.unit", "l.unit_grams as unitGrams"])
    .select(["lots.quantity_in as quantity", "c.takes_words as takesWords"])
    .executeTakeFirst();
  if (!row) return null;
  const mostOnSale = mostWithout(row.quantity, row.presaleLimit);
  return { ...row, mostOnSale, unit: row.unit as Unit, grade: row.grade as Grade };
}

/**
 * Records once what the household was sent, without the part of the link that opens it. From now it
 * has its 24 hours, as the message says, however late that went out; the end of the wait (job
 * `expire-consent`) moves with it. Locks the consent.
 */
export async function noteAsked(
  db: Transaction<DB>,
  { listingId, text, now }: { listingId: string; text: string; now: Date },
): Promise<void> {
  const runAt = new Date(now.getTime() + CONSENT_HOURS * 3_600_000);
  const noted = await db
    .updateTable("listing_consents")
    .set((set) => ({
      sent_text: text,
      sent_at: now,
      expires_at: set
        .case()
        .when("answer", "is", null)
        .then(runAt)
        .else(set.ref("expires_at"))
        .end(),
    }))
    .where("listing_id", "=", listingId)
    .where("sent_at", "is", null)
    .returning("answer")
    .executeTakeFirst();
  if (noted?.answer !== null) return;
  const key = `expire-consent:${listingId}`;
  await queueJob(db, "expire-consent", { listingId }, { key, runAt });
}
