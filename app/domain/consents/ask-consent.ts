import type { Kysely, Transaction } from "kysely";
import type { Unit } from "#app/domain/listings/offer-rules.ts";
import type { DB } from "#db/schema.d.ts";

/** What a household is asked about; nothing else of it may stand in the message. */
export type ConsentQuestion = {
  cooperativeZh: string;
  titleZh: string;
  priceFen: number;
  unit: Unit;
  unitGrams: number;
  quantity: number;
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
    .select(["k.name_zh as cooperativeZh", "l.title_zh as titleZh"])
    .select(["l.price_fen as priceFen", "l.unit", "l.unit_grams as unitGrams"])
    .select(["lots.quantity_in as quantity", "c.takes_words as takesWords"])
    .executeTakeFirst();
  if (!row) return null;
  return { ...row, unit: row.unit as Unit };
}

/** Records once what the household was sent, without the part of the link that opens it. */
export async function noteAsked(
  db: Transaction<DB>,
  { listingId, text, now }: { listingId: string; text: string; now: Date },
): Promise<void> {
  await db
    .updateTable("listing_consents")
    .set({ sent_text: text, sent_at: now })
    .where("listing_id", "=", listingId)
    .where("sent_at", "is", null)
    .execute();
}
