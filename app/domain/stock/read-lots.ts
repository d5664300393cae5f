import { type Kysely, sql } from "kysely";
import { validate as isUuid } from "uuid";
import { containing } from "#app/domain/consents/read-household.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import type { StockReason } from "./correct-stock.ts";
import type { LossReason } from "./loss-reasons.ts";

/** A lot of a listing that is not a draft; quantities in sale units. */
export type LotView = {
  id: string;
  listingId: string;
  titleZh: string;
  titleEn: string;
  unit: string;
  unitGrams: number;
  headName: string;
  harvestedOn: string;
  quantityIn: number;
  available: number;
  held: number;
  sold: number;
  takenOut: number;
  isPooled: boolean;
};

const seen = sql`t.id, l.id as "listingId", l.title_zh as "titleZh", l.title_en as "titleEn", l.unit,
  l.unit_grams as "unitGrams", h.head_name as "headName", t.harvested_on as "harvestedOn",
  t.quantity_in as "quantityIn", t.available, t.held, t.sold, t.taken_out as "takenOut",
  l.is_pooled as "isPooled"
  from lots t join listings l on l.id = t.listing_id join households h on h.id = t.household_id`;

/**
 * One page of the cooperative's lots of which something is on sale, held or sold in running
 * listings, by name, household and harvest. `search` is looked for in the listing's names and the
 * head's name. `total` counts all pages. Locks nothing.
 */
export async function findLots(
  db: Kysely<DB>,
  { cooperativeId }: CoopScope,
  { search, page, perPage }: { search: string; page: number; perPage: number },
): Promise<{ rows: LotView[]; total: number }> {
  const like = containing(search.trim());
  const where = sql`l.cooperative_id = ${cooperativeId} and l.status in ('published', 'paused')
    and t.available + t.held + t.sold > 0 and (l.title_zh ilike ${like} or l.title_en ilike ${like}
      or h.head_name ilike ${like})`;
  const [{ rows }, { rows: counted }] = await Promise.all([
    sql<LotView>`select ${seen} where ${where}
      order by l.title_zh, l.id, h.head_name, t.harvested_on, t.id
      limit ${perPage} offset ${(page - 1) * perPage}`.execute(db),
    sql<{ total: number }>`select count(*)::int as total from lots t
      join listings l on l.id = t.listing_id join households h on h.id = t.household_id
      where ${where}`.execute(db),
  ]);
  return { rows, total: counted[0]?.total ?? 0 };
}

/** What moved a lot's stock beside sales. */
export type LotMovement = {
  id: string;
  at: Date;
  what: "restock" | "sell-out" | "called-off";
  quantity: number;
  reason: StockReason | LossReason | "kept" | "moved" | null;
  /** What her cooperative calls whoever did it; null for the household, or somebody without a name. */
  by: string | null;
  byCooperative: boolean;
};

const MOST_MOVEMENTS = 100;

/** A lot of the cooperative's with its movements, newest first, at most 100; null for another's. Locks nothing. */
export async function readLot(
  db: Kysely<DB>,
  { cooperativeId }: CoopScope,
  lotId: string,
): Promise<{ lot: LotView; movements: LotMovement[] } | null> {
  if (!isUuid(lotId)) return null;
  const { rows } = await sql<LotView>`select ${seen}
    where t.id = ${lotId} and l.cooperative_id = ${cooperativeId} and l.status <> 'draft'`.execute(
    db,
  );
  const lot = rows[0];
  if (!lot) return null;
  const { rows: movements } = await sql<LotMovement>`
    select c.id, c.created_at as at, c.what, c.quantity, c.reason, m.name as by,
      c.by_cooperative as "byCooperative"
    from listing_changes c
    left join cooperative_members m
      on m.cooperative_id = ${cooperativeId} and m.user_id = c.changed_by
    where c.lot_id = ${lotId} order by c.id desc limit ${MOST_MOVEMENTS}`.execute(db);
  return { lot, movements };
}
