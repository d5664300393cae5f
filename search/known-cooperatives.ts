import type { Kysely } from "kysely";
import type { Meilisearch } from "meilisearch";
import type { DB } from "#db/schema.d.ts";
import {
  type CooperativeNames,
  knowCooperatives,
  type NamedCooperative,
} from "./cooperative-names.ts";
import type { SearchDocument } from "./document.ts";
import { isFilterValue } from "./filters.ts";

/** Names of cooperatives change rarely: each engine reads them once a minute, not for every question. */
const GOOD_FOR_MS = 60_000;
const MOST_COOPERATIVES = 2_000;

export type ReadCooperatives = (signal?: AbortSignal) => Promise<CooperativeNames>;

/** Keeps what was read last for a minute; one that failed is forgotten. */
function keptForAMinute(
  read: (signal?: AbortSignal) => Promise<NamedCooperative[]>,
): ReadCooperatives {
  let known: { names: Promise<CooperativeNames>; readAt: number } | undefined;
  return (signal) => {
    if (known && Date.now() - known.readAt < GOOD_FOR_MS) return known.names;
    const reading = { names: read(signal).then(knowCooperatives), readAt: Date.now() };
    known = reading;
    reading.names.catch(() => {
      if (known === reading) known = undefined;
    });
    return reading.names;
  };
}

export const cooperativesOfDatabase = (db: Kysely<DB>): ReadCooperatives =>
  keptForAMinute(() =>
    db
      .selectFrom("cooperatives")
      .select(["id", "name_zh as zh", "name_en as en"])
      .orderBy("id")
      .limit(MOST_COOPERATIVES)
      .execute(),
  );

/** A cooperative as an index keeps it: one value that can be counted. */
export const writtenCooperative = (document: SearchDocument) =>
  [document.cooperativeId, document.cooperativeZh, document.cooperativeEn].join("\n");

export const cooperativesOfIndex = (client: Meilisearch, indexUid: string): ReadCooperatives =>
  keptForAMinute(async (signal) => {
    const facets = ["cooperative"];
    const { facetDistribution } = await client
      .index(indexUid)
      .search("", { facets, limit: 0 }, { signal });
    return Object.keys(facetDistribution?.cooperative ?? {})
      .map((written) => {
        const [id = "", zh = "", en = ""] = written.split("\n");
        return { id, zh, en };
      })
      .filter(({ id }) => isFilterValue("cooperative", id));
  });
