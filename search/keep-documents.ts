import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import type { SearchDocument } from "./document.ts";
import { documentTerms, knownWords, RECIPE } from "./postgres-terms.ts";

/**
 * Makes way for whatever the market says now, even where it is older than what is kept: after a
 * restored backup versions start again. The document stays, so that buyers find it all the while.
 */
export async function forgetVersion(db: Kysely<DB>, listingId: string): Promise<void> {
  await db
    .updateTable("search_documents")
    .set({ version: 0 })
    .where("listing_id", "=", listingId)
    .execute();
}

/**
 * Writes documents into PostgreSQL's engine. An older version never overwrites a newer one; the
 * same version does, since stock and photos change a document without a new version of the listing.
 */
export async function keepDocuments(db: Kysely<DB>, documents: SearchDocument[]): Promise<void> {
  if (documents.length === 0) return;
  await keepWords(db, documents);
  await db
    .insertInto("search_documents")
    .values(
      documents.map((document) => ({
        listing_id: document.id,
        version: document.version,
        document: JSON.stringify({ ...document, recipe: RECIPE }),
        terms: documentTerms(document),
        category_code: document.categoryCodes[0] ?? "",
        category_codes: document.categoryCodes,
        region_code: document.regionCode,
        cooperative_id: document.cooperativeId,
        grade: document.grade,
        certificates: document.certificates,
        fen_per_jin: document.fenPerJin,
        in_stock: document.inStock,
        published_at: document.publishedAt,
        harvested_on: document.harvestedOn,
        ships_from: document.shipsFrom,
        households: document.households,
        created_at: sql<string>`clock_timestamp()`,
      })),
    )
    .onConflict((conflict) =>
      conflict
        .column("listing_id")
        .doUpdateSet((set) => ({
          version: set.ref("excluded.version"),
          document: set.ref("excluded.document"),
          terms: set.ref("excluded.terms"),
          category_code: set.ref("excluded.category_code"),
          category_codes: set.ref("excluded.category_codes"),
          region_code: set.ref("excluded.region_code"),
          cooperative_id: set.ref("excluded.cooperative_id"),
          grade: set.ref("excluded.grade"),
          certificates: set.ref("excluded.certificates"),
          fen_per_jin: set.ref("excluded.fen_per_jin"),
          in_stock: set.ref("excluded.in_stock"),
          published_at: set.ref("excluded.published_at"),
          harvested_on: set.ref("excluded.harvested_on"),
          ships_from: set.ref("excluded.ships_from"),
          households: set.ref("excluded.households"),
          created_at: set.ref("excluded.created_at"),
        }))
        .whereRef("search_documents.version", "<=", "excluded.version"),
    )
    .execute();
}

async function keepWords(db: Kysely<DB>, documents: SearchDocument[]): Promise<void> {
  const words = knownWords(documents);
  await sql`
    insert into search_words (word, is_name)
    select word, is_name from unnest(
      ${words.map(({ word }) => word)}::text[], ${words.map(({ isName }) => isName)}::boolean[]
    ) as new (word, is_name)
    on conflict (word) do update set is_name = true
      where excluded.is_name and not search_words.is_name`.execute(db);
}

export async function dropDocument(db: Kysely<DB>, listingId: string): Promise<void> {
  await db.deleteFrom("search_documents").where("listing_id", "=", listingId).execute();
}
