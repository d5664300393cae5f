import { type Kysely, sql } from "kysely";
import { mostWithout } from "#app/domain/listings/agreed-terms.ts";
import { photosOf } from "#app/domain/listings/listing-photos.ts";
import type { Grade, Unit } from "#app/domain/listings/offer-rules.ts";
import type { PhotoView } from "#app/domain/photos/read-photos.ts";
import type { HouseholdScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { findConsentLink } from "./consent-links.ts";
import type { ConsentAnswer } from "./consent-rules.ts";

/** A question to a household: what was listed for it, and what it said. Fen and grams a sale unit. */
export type Consent = {
  listingId: string;
  titleZh: string;
  titleEn: string;
  categoryZh: string;
  categoryEn: string;
  grade: Grade;
  unit: Unit;
  unitGrams: number;
  priceFen: number;
  quantity: number;
  harvestedOn: string;
  /** Of a pre-sale: from when it ships, and how much it may promise at most. */
  shipsFrom: string | null;
  presaleLimit: number | null;
  /** How much its cooperative may then have on sale at once without asking anew. */
  mostOnSale: number;
  cooperativeZh: string;
  cooperativeEn: string;
  feeBasisPoints: number;
  askedAt: Date;
  expiresAt: Date;
  sentAt: Date | null;
  answer: ConsentAnswer | null;
  answeredAt: Date | null;
  photos: PhotoView[];
};

function consents(db: Kysely<DB>) {
  return db
    .selectFrom("listing_consents as c")
    .innerJoin("listings as l", "l.id", "c.listing_id")
    .innerJoin("cooperatives as k", "k.id", "c.cooperative_id")
    .innerJoin("categories as g", "g.code", "l.category_code")
    .select([
      "c.listing_id as listingId",
      "l.title_zh as titleZh",
      "l.title_en as titleEn",
      "g.name_zh as categoryZh",
      "g.name_en as categoryEn",
      sql<Grade>`l.grade`.as("grade"),
      sql<Unit>`l.unit`.as("unit"),
      "l.unit_grams as unitGrams",
      "l.price_fen as priceFen",
      "l.harvested_on as harvestedOn",
      "l.ships_from as shipsFrom",
      "l.presale_limit as presaleLimit",
      sql<number>`(select sum(quantity_in)::int from lots where listing_id = l.id)`.as("quantity"),
      "k.name_zh as cooperativeZh",
      "k.name_en as cooperativeEn",
      "k.fee_basis_points as feeBasisPoints",
      "c.asked_at as askedAt",
      "c.expires_at as expiresAt",
      "c.sent_at as sentAt",
      sql<ConsentAnswer | null>`c.answer`.as("answer"),
      "c.answered_at as answeredAt",
      photosOf(sql.ref("l.id")).as("photos"),
    ]);
}

const withMost = (consent: Omit<Consent, "mostOnSale">): Consent => ({
  ...consent,
  mostOnSale: mostWithout(consent.quantity, consent.presaleLimit),
});

/** What waits for the household's own word, the oldest first. Locks nothing. */
export async function readWaitingConsents(
  db: Kysely<DB>,
  scope: HouseholdScope,
  now: Date = new Date(),
): Promise<Consent[]> {
  const waiting = await consents(db)
    .where("c.household_id", "=", scope.householdId)
    .where("c.answer", "is", null)
    .where("c.expires_at", ">", now)
    .orderBy("c.expires_at")
    .execute();
  return waiting.map(withMost);
}

/** What a link from a text message is about; null for one that is none or ended. Locks nothing. */
export async function readConsentByLink(
  db: Kysely<DB>,
  token: string,
  now: Date = new Date(),
): Promise<Consent | null> {
  const listingId = await findConsentLink(db, token, now);
  if (!listingId) return null;
  const found = await consents(db).where("c.listing_id", "=", listingId).executeTakeFirst();
  return found ? withMost(found) : null;
}
