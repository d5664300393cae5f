import { isDeepStrictEqual } from "node:util";
import { type Kysely, sql } from "kysely";
import type { Meilisearch } from "meilisearch";
import type { DB } from "#db/schema.d.ts";
import { readDocuments, type SearchDocument } from "./document.ts";
import { LISTINGS_INDEX } from "./meilisearch.ts";
import { meilisearchDocument } from "./meilisearch-document.ts";
import { meilisearchSettings } from "./meilisearch-settings.ts";
import { documentTerms, knownWords } from "./postgres-terms.ts";

const BATCH = 200;

/** What an engine searches in and does not stand as the market's tables say. */
export type Ruin = {
  engine: "postgres" | "meilisearch";
  /** Null where it is none of one listing: a setting of the index, a word that is looked up. */
  listingId: string | null;
  what: string[];
};

/**
 * Compares all that is searched with what would be written now: PostgreSQL's terms, columns and
 * words, Meilisearch's documents, field by field, and its settings. Makes every document anew for
 * it, so it takes about as long as a reindex; documents an engine does not have at all, or has too
 * many, are told by `compareEngines`.
 */
export async function compareSearched(
  db: Kysely<DB>,
  meili: Meilisearch | undefined,
  indexUid = LISTINGS_INDEX,
): Promise<Ruin[]> {
  const ids = await db
    .selectFrom("listings")
    .select("id")
    .where("status", "=", "published")
    .orderBy("id")
    .execute();
  const ruins: Ruin[] = meili ? await ruinedSettings(meili, indexUid) : [];
  for (let at = 0; at < ids.length; at += BATCH) {
    const documents = await readDocuments(
      db,
      ids.slice(at, at + BATCH).map(({ id }) => id),
    );
    ruins.push(...(await ruinedRows(db, documents)), ...(await missingWords(db, documents)));
    if (meili) ruins.push(...(await ruinedDocuments(meili, indexUid, documents)));
  }
  return ruins;
}

async function ruinedRows(db: Kysely<DB>, documents: SearchDocument[]): Promise<Ruin[]> {
  const written = JSON.stringify(
    documents.map((document) => ({ ...document, terms: documentTerms(document) })),
  );
  const { rows } = await sql<{ listingId: string; what: string[] }>`
    select "listingId", what from (
      select d.listing_id as "listingId", array_remove(array[
        case when d.terms <> (w ->> 'terms')::tsvector then 'terms' end,
        case when d.category_code <> w -> 'categoryCodes' ->> 0 then 'category_code' end,
        case when to_jsonb(d.category_codes) <> w -> 'categoryCodes' then 'category_codes' end,
        case when d.region_code <> w ->> 'regionCode' then 'region_code' end,
        case when d.cooperative_id::text <> w ->> 'cooperativeId' then 'cooperative_id' end,
        case when d.grade <> w ->> 'grade' then 'grade' end,
        case when to_jsonb(d.certificates) <> w -> 'certificates' then 'certificates' end,
        case when d.fen_per_jin <> (w ->> 'fenPerJin')::bigint then 'fen_per_jin' end,
        case when d.in_stock <> (w ->> 'inStock')::boolean then 'in_stock' end,
        case when d.published_at <> (w ->> 'publishedAt')::timestamptz
          and date_trunc('milliseconds', d.published_at) <> (w ->> 'publishedAt')::timestamptz
          then 'published_at' end,
        case when d.harvested_on <> (w ->> 'harvestedOn')::date then 'harvested_on' end,
        case when d.ships_from is distinct from (w ->> 'shipsFrom')::date then 'ships_from' end,
        case when d.households <> (w ->> 'households')::int then 'households' end
      ], null) as what
      from jsonb_array_elements(${written}::jsonb) w
      join search_documents d on d.listing_id = (w ->> 'id')::uuid
    ) compared where what <> '{}' order by 1`.execute(db);
  return rows.map((row) => ({ engine: "postgres", ...row }));
}

/** Without its word in the list nothing is found by a beginning of it, or with a slip of the keys. */
async function missingWords(db: Kysely<DB>, documents: SearchDocument[]): Promise<Ruin[]> {
  const words = knownWords(documents);
  const { rows } = await sql<{ word: string }>`
    select word from unnest(
      ${words.map(({ word }) => word)}::text[], ${words.map(({ isName }) => isName)}::boolean[]
    ) as due (word, is_name)
    where not exists (select from search_words known
      where known.word = due.word and (known.is_name or not due.is_name))`.execute(db);
  if (rows.length === 0) return [];
  return [
    { engine: "postgres", listingId: null, what: rows.map(({ word }) => `search_words ${word}`) },
  ];
}

async function ruinedDocuments(
  meili: Meilisearch,
  indexUid: string,
  documents: SearchDocument[],
): Promise<Ruin[]> {
  const ids = documents.map(({ id }) => id);
  const { results } = await meili
    .index<Record<string, unknown>>(indexUid)
    .getDocuments({ ids, limit: ids.length });
  const kept = new Map(results.map((document) => [document.id, document]));
  return documents.flatMap((document): Ruin[] => {
    const found = kept.get(document.id);
    if (!found) return [];
    const due: Record<string, unknown> = meilisearchDocument(document);
    const fields = [...new Set([...Object.keys(due), ...Object.keys(found)])];
    const what = fields.filter((field) => !isSame(due[field], found[field]));
    return what.length > 0 ? [{ engine: "meilisearch", listingId: document.id, what }] : [];
  });
}

/** What is less than a day on the equator is how the engine reads a fraction. */
const SAME_PLACE = 1e-6;

/** Whether two values of a field say the same: a place may have come back with another last digit. */
function isSame(due: unknown, found: unknown): boolean {
  if (typeof due === "number" && typeof found === "number" && !Number.isInteger(due)) {
    return Math.abs(due - found) < SAME_PLACE;
  }
  if (Array.isArray(due) || typeof due !== "object" || due === null) {
    return isDeepStrictEqual(due, found);
  }
  if (typeof found !== "object" || found === null) return false;
  const values: Record<string, unknown> = { ...found };
  return (
    Object.keys(values).length === Object.keys(due).length &&
    Object.entries(due).every(([key, value]) => isSame(value, values[key]))
  );
}

/** The engine gives back sets in an order of its own; where words are looked for has an order. */
const ORDERED = ["searchableAttributes", "rankingRules"];
const inOrder = (setting: string, value: unknown) =>
  Array.isArray(value) && !ORDERED.includes(setting) ? value.toSorted() : value;

/** Names the settings of an index that are not those which the code sets. */
async function ruinedSettings(meili: Meilisearch, indexUid: string): Promise<Ruin[]> {
  const kept: Record<string, unknown> = { ...(await meili.index(indexUid).getSettings()) };
  const what = Object.entries(meilisearchSettings).flatMap(([setting, due]) =>
    holds(inOrder(setting, kept[setting]), inOrder(setting, due)) ? [] : `setting ${setting}`,
  );
  return what.length > 0 ? [{ engine: "meilisearch", listingId: null, what }] : [];
}

/** What the code leaves open may be anything. */
function holds(kept: unknown, due: unknown): boolean {
  if (Array.isArray(due) || typeof due !== "object" || due === null) {
    return isDeepStrictEqual(kept, due);
  }
  if (typeof kept !== "object" || kept === null) return false;
  const values: Record<string, unknown> = { ...kept };
  return Object.entries(due).every(([key, value]) =>
    Array.isArray(value) && Array.isArray(values[key])
      ? isDeepStrictEqual(values[key].toSorted(), value.toSorted())
      : holds(values[key], value),
  );
}
