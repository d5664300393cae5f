import { type Kysely, sql } from "kysely";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { notReplaced } from "../stock/not-replaced.ts";
import { fitsFilter } from "./fits-filter.ts";
import { paidOrderStatuses } from "./paid-orders.ts";
import { EVERYTHING, type ParcelFilter } from "./parcel-filter.ts";
import type { ParcelStatus } from "./parcel-states.ts";

/** What one household brings of one product, for how many parcels. */
type HarvestPart = {
  householdId: string;
  /** Null for a household that is another cooperative's by now. */
  headName: string | null;
  aliasZh: string;
  aliasEn: string;
  villageZh: string;
  villageEn: string;
  quantity: number;
  grams: number;
  parcels: number;
};

export type HarvestTotal = {
  listingId: string;
  titleZh: string;
  titleEn: string;
  grade: string;
  unit: string;
  quantity: number;
  grams: number;
  households: HarvestPart[];
};

type Row = Omit<HarvestTotal, "quantity" | "grams" | "households"> & HarvestPart;

/**
 * What all parcels of the scope's cooperative in a state need altogether, of those that the filter
 * lets through: per product in sale units and grams, and how much of it each household brings. The
 * households' quantities add up to the product's; what is short nobody brings. However many parcels
 * there are, one row for each household of each product is read. Locks nothing.
 */
export async function readHarvest(
  db: Kysely<DB>,
  scope: CoopScope,
  { status, filter = EVERYTHING }: { status: ParcelStatus; filter?: ParcelFilter },
): Promise<HarvestTotal[]> {
  const { rows } = await sql<Row>`
    with needed as (
      select line.listing_id, lot.household_id, sum(part.quantity - part.short_units)::int as quantity,
        sum((part.quantity - part.short_units) * line.unit_grams)::bigint as grams,
        count(distinct parcels.id)::int as parcels, max(line.id::text collate "C")::uuid as line_id
      from parcels join orders on orders.id = parcels.order_id
      join order_lines line on line.parcel_id = parcels.id
      join allocations part on part.order_line_id = line.id
      join lots lot on lot.id = part.lot_id
      where parcels.cooperative_id = ${scope.cooperativeId} and parcels.status = ${status}
        and orders.paid_at is not null and orders.status = any(${[...paidOrderStatuses]})
        and ${fitsFilter(filter)} and ${notReplaced("part")}
        and part.quantity > part.short_units
      group by line.listing_id, lot.household_id
    )
    select n.listing_id as "listingId", l.title_zh as "titleZh", l.title_en as "titleEn", l.grade,
      l.unit, n.grams, n.quantity, n.parcels, n.household_id as "householdId",
      case when h.cooperative_id = ${scope.cooperativeId} then h.head_name end as "headName",
      h.alias_zh as "aliasZh", h.alias_en as "aliasEn",
      h.village_zh as "villageZh", h.village_en as "villageEn"
    from needed n join order_lines l on l.id = n.line_id
    join households h on h.id = n.household_id
    order by n.listing_id, h.village_zh, h.alias_zh, h.id`.execute(db);
  return byProduct(rows);
}

function byProduct(rows: readonly Row[]): HarvestTotal[] {
  const products = new Map<string, HarvestTotal>();
  for (const { listingId, titleZh, titleEn, grade, unit, ...part } of rows) {
    const product = products.get(listingId) ?? {
      ...{ listingId, titleZh, titleEn, grade, unit, quantity: 0, grams: 0, households: [] },
    };
    products.set(listingId, product);
    product.quantity += part.quantity;
    product.grams += part.grams;
    product.households.push(part);
  }
  return [...products.values()];
}

type Product = Omit<HarvestTotal, "households"> & { parcels: number };
export type HouseholdHarvest = Omit<HarvestPart, "quantity" | "grams" | "parcels"> & {
  products: Product[];
};

/** Making one costs more than a long list's comparisons with it. */
const byPinyin = new Intl.Collator("zh");

/** The same by household: what to fetch or to expect from each. Pure; by village, then by alias. */
export function byHousehold(totals: readonly HarvestTotal[]): HouseholdHarvest[] {
  const homes = new Map<string, HouseholdHarvest>();
  for (const { households, ...product } of totals) {
    for (const { quantity, grams, parcels, ...of } of households) {
      const home = homes.get(of.householdId) ?? { ...of, products: [] };
      homes.set(of.householdId, home);
      home.products.push({ ...product, quantity, grams, parcels });
    }
  }
  const placed = [...homes.values()].map((home) => ({
    ...{ home, place: `${home.villageZh} ${home.aliasZh}` },
  }));
  placed.sort((one, other) => byPinyin.compare(one.place, other.place));
  return placed.map(({ home }) => home);
}
