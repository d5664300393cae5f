import type { Kysely } from "kysely";
import type { DB } from "#db/schema.d.ts";
import type { OfficerScope, WatchScope } from "../scopes.ts";

/** A cooperative of the officer's county. */
export type WatchedCooperative = { id: string; nameZh: string; nameEn: string };

/** The cooperatives of the officer's county, by their names. Locks nothing. */
export async function readWatched(
  db: Kysely<DB>,
  { regionCode }: OfficerScope,
): Promise<WatchedCooperative[]> {
  return db
    .selectFrom("cooperatives")
    .select(["id", "name_zh as nameZh", "name_en as nameEn"])
    .where("region_code", "like", `${regionCode}%`)
    .orderBy("slug")
    .execute();
}

/**
 * The cooperatives of the officer's county, and the one whose record she reads: the one that she asked
 * for by its id, else the first. Null where there is none, or what she asked for is none of them.
 */
export async function watchOne(
  db: Kysely<DB>,
  scope: OfficerScope,
  asked: string | null,
): Promise<{ scope: WatchScope; watched: WatchedCooperative[] } | null> {
  const watched = await readWatched(db, scope);
  const one = asked ? watched.find(({ id }) => id === asked) : watched[0];
  if (!one) return null;
  const { userId, regionCode } = scope;
  return { scope: { userId, regionCode, cooperativeId: one.id } as WatchScope, watched };
}
