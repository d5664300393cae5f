import type { Kysely } from "kysely";
import type { Meilisearch } from "meilisearch";
import type { DB } from "#db/schema.d.ts";
import { readDocuments, type SearchDocument } from "./document.ts";
import { LISTINGS_INDEX } from "./meilisearch.ts";
import { digestOf } from "./meilisearch-document.ts";
import { RECIPE } from "./postgres-terms.ts";

const BATCH = 1_000;

export type Difference = {
  listingId: string;
  engine: "postgres" | "meilisearch";
  kind: "missing" | "outdated" | "not-for-sale";
};

/** Compares what each engine knows with what the market's tables say now. */
export async function compareEngines(
  db: Kysely<DB>,
  meili: Meilisearch | undefined,
  indexUid = LISTINGS_INDEX,
): Promise<Difference[]> {
  const truth = await digestsOfMarket(db);
  const differences = differ("postgres", truth, await digestsOfPostgres(db));
  if (!meili) return differences;
  return [
    ...differences,
    ...differ("meilisearch", truth, await digestsOfMeilisearch(meili, indexUid)),
  ];
}

type Digests = Map<string, string>;

function differ(engine: Difference["engine"], truth: Digests, kept: Digests): Difference[] {
  const differences: Difference[] = [];
  for (const [listingId, digest] of truth) {
    const known = kept.get(listingId);
    if (known === digest) continue;
    differences.push({ listingId, engine, kind: known ? "outdated" : "missing" });
  }
  for (const listingId of kept.keys()) {
    if (!truth.has(listingId)) differences.push({ listingId, engine, kind: "not-for-sale" });
  }
  return differences;
}

async function digestsOfMarket(db: Kysely<DB>): Promise<Digests> {
  const rows = await db
    .selectFrom("listings")
    .select("id")
    .where("status", "=", "published")
    .execute();
  const digests: Digests = new Map();
  for (let at = 0; at < rows.length; at += BATCH) {
    const documents = await readDocuments(
      db,
      rows.slice(at, at + BATCH).map((row) => row.id),
    );
    for (const document of documents) digests.set(document.id, digestOf(document));
  }
  return digests;
}

async function digestsOfPostgres(db: Kysely<DB>): Promise<Digests> {
  const rows = await db.selectFrom("search_documents").select(["listing_id", "document"]).execute();
  return new Map(
    rows.map((row) => {
      const { recipe, ...document } = row.document as unknown as SearchDocument & {
        recipe?: number;
      };
      const isOurs = recipe === RECIPE;
      return [row.listing_id, isOurs ? digestOf(document) : `of recipe ${recipe}`];
    }),
  );
}

async function digestsOfMeilisearch(meili: Meilisearch, indexUid: string): Promise<Digests> {
  const digests: Digests = new Map();
  for (let offset = 0; ; offset += BATCH) {
    const { results } = await meili
      .index<{ id: string; digest: string }>(indexUid)
      .getDocuments({ fields: ["id", "digest"], limit: BATCH, offset });
    for (const { id, digest } of results) digests.set(id, digest);
    if (results.length < BATCH) return digests;
  }
}
