import { type Kysely, sql } from "kysely";
import { validate as isUuid } from "uuid";
import type { ListingStatus } from "#app/domain/listings/listing-states.ts";
import type { Unit } from "#app/domain/listings/offer-rules.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { askedKey, type ConsentAnswer } from "./consent-rules.ts";
import { containing, HAS_PHONE } from "./read-household.ts";

/** What becomes of the text message that asks; see db/migrations/0029_messages.sql. */
export type MessageState = "queued" | "limited" | "sent" | "delivered" | "failed" | "stopped";

/** A question to a household, as its cooperative sees it. */
export type AskedConsent = {
  answer: ConsentAnswer | null;
  expiresAt: Date;
  /** The listing about which the household was asked instead. */
  replacedBy: string | null;
  /** Null of what was asked before its message was followed. */
  message: MessageState | null;
  /** Whether the household can be sent one now. */
  hasPhone: boolean;
};

/** What a household sells, as its cooperative sees it. Fen and grams a sale unit. */
export type CoopListing = {
  id: string;
  titleZh: string;
  titleEn: string;
  unit: Unit;
  unitGrams: number;
  priceFen: number;
  status: ListingStatus;
  available: number;
  createdAt: Date;
  headName: string;
  aliasZh: string;
  aliasEn: string;
  /** Of what the cooperative has listed for the household. */
  consent: AskedConsent | null;
};

function listings(db: Kysely<DB>, scope: CoopScope) {
  return db
    .selectFrom("listings as l")
    .innerJoin("households as h", "h.id", "l.created_by_household_id")
    .leftJoin("listing_consents as c", "c.listing_id", "l.id")
    .where("l.cooperative_id", "=", scope.cooperativeId)
    .where("h.cooperative_id", "=", scope.cooperativeId);
}

const consent = sql<AskedConsent | null>`case when c.listing_id is not null then json_build_object(
  'answer', c.answer, 'expiresAt', c.expires_at, 'replacedBy', c.replaced_by,
  'hasPhone', ${HAS_PHONE}, 'message',
  (select state from messages where key = ${askedKey("")} || l.id)) end`;

const shown = [
  ...(["l.id", "l.title_zh as titleZh", "l.title_en as titleEn"] as const),
  ...(["l.unit_grams as unitGrams", "l.price_fen as priceFen"] as const),
  ...(["l.created_at as createdAt", "h.head_name as headName"] as const),
  ...(["h.alias_zh as aliasZh", "h.alias_en as aliasEn"] as const),
  sql<Unit>`l.unit`.as("unit"),
  sql<ListingStatus>`l.status`.as("status"),
  sql<number>`(select coalesce(sum(available), 0)::int from lots where listing_id = l.id)`.as(
    "available",
  ),
  consent.as("consent"),
] as const;

/**
 * One page of what the cooperative's households sell or are asked about, newest first; what was
 * taken back to be mended is not among it. `search` is looked for in the produce's and the
 * household's names. `total` counts all pages. Locks nothing.
 */
export async function readCoopListings(
  db: Kysely<DB>,
  scope: CoopScope,
  { search, page, perPage }: { search: string; page: number; perPage: number },
): Promise<{ rows: CoopListing[]; total: number }> {
  const text = search.trim();
  const like = containing(text);
  const found = listings(db, scope)
    .where("c.replaced_by", "is", null)
    .$if(text !== "", (query) =>
      query.where((eb) =>
        eb.or([
          eb("l.title_zh", "ilike", like),
          eb("l.title_en", "ilike", like),
          eb("h.alias_zh", "ilike", like),
          eb("h.alias_en", "ilike", like),
          eb("h.head_name", "ilike", like),
        ]),
      ),
    );
  const [{ total }, rows] = await Promise.all([
    found.select((eb) => eb.fn.countAll<number>().as("total")).executeTakeFirstOrThrow(),
    found
      .select(shown)
      .orderBy("l.id", "desc")
      .limit(perPage)
      .offset((page - 1) * perPage)
      .execute(),
  ]);
  return { rows: rows.map(withDates), total: Number(total) };
}

/**
 * Those of the named listings that the cooperative's households sell or are asked about, in the order
 * named; what is unknown or another's is left out. Locks nothing.
 */
export async function readChosenListings(
  db: Kysely<DB>,
  scope: CoopScope,
  listingIds: readonly string[],
): Promise<CoopListing[]> {
  const ids = listingIds.filter((id) => isUuid(id));
  if (ids.length === 0) return [];
  const rows = await listings(db, scope).where("l.id", "in", ids).select(shown).execute();
  const found = new Map(rows.map((row) => [row.id, withDates(row)]));
  return [...new Set(ids)].flatMap((id) => found.get(id.toLowerCase()) ?? []);
}

/** JSON knows no dates. */
function withDates<Row extends { consent: AskedConsent | null }>(row: Row): Row {
  const { consent: asked } = row;
  return { ...row, consent: asked && { ...asked, expiresAt: new Date(asked.expiresAt) } };
}

/** The question about one listing of the cooperative's households; null where none was asked. */
export async function readAskedConsent(
  db: Kysely<DB>,
  scope: CoopScope,
  listingId: string,
): Promise<AskedConsent | null> {
  const row = await listings(db, scope)
    .where("l.id", "=", listingId)
    .select(consent.as("consent"))
    .executeTakeFirst();
  return row ? withDates(row).consent : null;
}
