import { type Kysely, type RawBuilder, sql } from "kysely";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";

/** So many are offered to choose from, the newest first. */
const MOST_OFFERED = 12;

export type PoolPhoto = {
  id: string;
  state: "ready";
  width: number | null;
  height: number | null;
  placeholder: string | null;
  variants: { name: string; format: "avif" | "jpeg"; width: number }[];
};

/** SQL over `photos p`: shown by listings of the cooperative's of this crop, drafts apart. */
const isShown = ({ cooperativeId }: CoopScope, categoryCode: string): RawBuilder<boolean> =>
  sql`p.state = 'ready' and exists (
    select from listing_photos lp join listings l on l.id = lp.listing_id
    where lp.photo_id = p.id and l.cooperative_id = ${cooperativeId}
      and l.category_code = ${categoryCode} and l.status <> 'draft')`;

/** The photos of a crop that the cooperative's listings show, newest first, at most 12. Locks nothing. */
export async function readPoolPhotos(
  db: Kysely<DB>,
  scope: CoopScope,
  categoryCode: string,
): Promise<PoolPhoto[]> {
  const { rows } = await sql<PoolPhoto>`
    select p.id, p.state, p.width, p.height, p.placeholder, p.variants from photos p
    where ${isShown(scope, categoryCode)} order by p.id desc limit ${MOST_OFFERED}`.execute(db);
  return rows;
}

/** How many of these photos may stand in a pooled listing of the crop. Locks nothing. */
export async function usablePhotos(
  db: Kysely<DB>,
  scope: CoopScope,
  categoryCode: string,
  photoIds: readonly string[],
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from photos p
    where p.id::text = any(${[...photoIds]}::text[]) and ${isShown(scope, categoryCode)}`.execute(
    db,
  );
  return rows[0]?.count ?? 0;
}

/** The codes of the crops of which the cooperative's listings show a photo. Locks nothing. */
export async function readPoolCrops(
  db: Kysely<DB>,
  { cooperativeId }: CoopScope,
): Promise<string[]> {
  const { rows } = await sql<{ code: string }>`
    select distinct l.category_code as code from listings l
    join listing_photos lp on lp.listing_id = l.id join photos p on p.id = lp.photo_id
    where l.cooperative_id = ${cooperativeId} and l.status <> 'draft' and p.state = 'ready'`.execute(
    db,
  );
  return rows.map(({ code }) => code);
}
