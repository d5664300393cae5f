import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { type Facets, filterNames } from "./filters.ts";
import { countedValues, facetsOf } from "./postgres-facets.ts";

/** Nobody waits for a minute's newest count of a hundred thousand: the one before is shown meanwhile. */
const GOOD_FOR_MS = 60_000;

type Kept = { facets: Promise<Facets>; readAt: number };
const kept = new WeakMap<Kysely<DB>, Kept>();

/**
 * What the whole market could be narrowed by, counted to the last listing, little more than a minute
 * old. Every listing is read for it, so a process does so once a minute, for whoever asks.
 */
export function wholeMarket(db: Kysely<DB>, today: string): Promise<Facets> {
  const known = kept.get(db);
  if (known && Date.now() - known.readAt < GOOD_FOR_MS) return known.facets;
  const counting = countAll(db, today);
  // Who asks meanwhile is shown what is known; one that failed is forgotten.
  kept.set(db, { facets: known?.facets ?? counting, readAt: Date.now() });
  counting.then(
    (facets) => kept.set(db, { facets: Promise.resolve(facets), readAt: Date.now() }),
    () => kept.delete(db),
  );
  return known?.facets ?? counting;
}

async function countAll(db: Kysely<DB>, today: string): Promise<Facets> {
  const each = filterNames.map((name) => countedValues(name, sql`shelf`, today));
  const { rows } = await sql<{ of: string; value: string | null; count: number }>`
    with shelf as materialized (
      select category_codes, region_code, cooperative_id, grade, harvested_on, fen_per_jin,
        ships_from, in_stock, certificates
      from search_documents
    )
    select 'shelf' as of, null as value, 0 as count
    union all ${sql.join(each, sql` union all `)}`.execute(db);
  return facetsOf(rows);
}
