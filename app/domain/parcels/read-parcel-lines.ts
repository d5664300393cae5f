import { type Kysely, sql } from "kysely";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import type { Instead } from "../orders/instead.ts";
import { notReplaced } from "../stock/not-replaced.ts";
import type { Shown } from "../substitutions/substitution-rule.ts";

/** What one household puts into a line. The head's name is null for another's household. */
export type LineSource = {
  householdId: string;
  headName: string | null;
  aliasZh: string;
  aliasEn: string;
  reliefCode: string;
  harvestedOn: string;
  quantity: number;
  /** Of it, without what is short. */
  toSend: number;
  fen: number;
};

export type ParcelLine = {
  id: string;
  parcelId: string;
  listingId: string;
  titleZh: string;
  titleEn: string;
  grade: string;
  unit: string;
  unitGrams: number;
  /** The day from which a pre-sale is to be sent. */
  shipsFrom: string | null;
  quantity: number;
  /** Sale units that go into the box: all but those that are short (say-short.ts). */
  toSend: number;
  /** What it replaces with the buyer's consent; null of what was ordered. */
  insteadOf: Instead | null;
  /** Its buyer is asked what may replace so many units of it. */
  askedUnits: number | null;
  lineFen: number;
  feeFen: number;
  sources: LineSource[];
};

/**
 * The lines of parcels of the scope's cooperative, each with the households whose lots provide
 * it. Ids of other cooperatives' parcels bring nothing. Names of heads are shown only for
 * households that belong to the cooperative today.
 */
export async function readParcelLines(
  db: Kysely<DB>,
  scope: CoopScope,
  parcelIds: string[],
): Promise<ParcelLine[]> {
  if (parcelIds.length === 0) return [];
  const rows = await db
    .selectFrom("order_lines as line")
    .innerJoin("parcels as parcel", "parcel.id", "line.parcel_id")
    .innerJoin("allocations as part", "part.order_line_id", "line.id")
    .innerJoin("lots as lot", "lot.id", "part.lot_id")
    .innerJoin("households as home", "home.id", "lot.household_id")
    .innerJoin("relief_accounts as relief", "relief.id", "part.relief_account_id")
    .leftJoin("substitutions as instead", "instead.id", "line.substitution_id")
    .leftJoin("substitutions as asked", (join) =>
      join.onRef("asked.order_line_id", "=", "line.id").on("asked.state", "=", "open"),
    )
    .where("parcel.cooperative_id", "=", scope.cooperativeId)
    // One parameter however many there are, so that the statement stays prepared.
    .where(sql<boolean>`parcel.id = any(${parcelIds}::uuid[])`)
    .where(notReplaced("part"))
    .select([
      "line.id",
      "line.parcel_id as parcelId",
      "line.listing_id as listingId",
      "line.title_zh as titleZh",
      "line.title_en as titleEn",
      "line.grade",
      "line.unit",
      "line.unit_grams as unitGrams",
      "line.ships_from as shipsFrom",
      "line.quantity",
      "line.line_fen as lineFen",
      "line.fee_fen as feeFen",
      "instead.shown as instead",
      "instead.missing_units as insteadUnits",
      "asked.missing_units as askedUnits",
      "home.id as householdId",
      sql<string | null>`case when home.cooperative_id = ${scope.cooperativeId}
        then home.head_name end`.as("headName"),
      "home.alias_zh as aliasZh",
      "home.alias_en as aliasEn",
      "relief.code as reliefCode",
      "lot.harvested_on as harvestedOn",
      "part.quantity as partQuantity",
      "part.fen as partFen",
      "part.short_units as shortUnits",
    ])
    .orderBy("line.id")
    .orderBy("lot.harvested_on")
    .orderBy("lot.id")
    .execute();

  const lines = new Map<string, ParcelLine>();
  for (const row of rows) {
    const line = lines.get(row.id) ?? {
      id: row.id,
      parcelId: row.parcelId,
      listingId: row.listingId,
      titleZh: row.titleZh,
      titleEn: row.titleEn,
      grade: row.grade,
      unit: row.unit,
      unitGrams: row.unitGrams,
      shipsFrom: row.shipsFrom,
      quantity: row.quantity,
      lineFen: row.lineFen,
      feeFen: row.feeFen,
      insteadOf: insteadOf(row),
      askedUnits: row.askedUnits,
      toSend: 0,
      sources: [],
    };
    lines.set(row.id, line);
    const toSend = row.partQuantity - row.shortUnits;
    line.toSend += toSend;
    line.sources.push({
      householdId: row.householdId,
      headName: row.headName,
      aliasZh: row.aliasZh,
      aliasEn: row.aliasEn,
      reliefCode: row.reliefCode,
      harvestedOn: String(row.harvestedOn),
      quantity: row.partQuantity,
      toSend,
      fen: row.partFen,
    });
  }
  return [...lines.values()];
}

function insteadOf(row: { instead: unknown; insteadUnits: number | null }): Instead | null {
  if (row.insteadUnits === null) return null;
  const { titleZh, titleEn } = (row.instead as Shown).missing;
  return { titleZh, titleEn, units: row.insteadUnits };
}
