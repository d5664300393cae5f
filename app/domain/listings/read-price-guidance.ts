import { type Kysely, sql } from "kysely";
import type { SellerScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { isOtherCrop } from "./other-crop.ts";

const DAYS = 30;
/** An order is paid within so many days of being made, or never: hours, as a rule. */
const PAID_WITHIN_DAYS = 7;
/** Of fewer sales a median says little, and might say what one neighbour earned. */
const LEAST_SALES = 3;

/** What a jin was sold for, in fen: the middle, and between which prices four of five sales lay. */
export type Guidance = { sales: number; medianFen: number; lowFen: number; highFen: number };

/** Of one crop. */
export type CropGuidance = { county: Guidance | null; province: Guidance | null };

export type PriceGuidance = CropGuidance & {
  /** Of each fen of produce the cooperative keeps so many of 10,000. */
  feeBasisPoints: number;
};

/** What `readPriceGuides` says of one crop. */
export async function readPriceGuidance(
  db: Kysely<DB>,
  scope: SellerScope,
  categoryCode: string,
  now: Date = new Date(),
): Promise<PriceGuidance> {
  const { feeBasisPoints, guides } = await readPriceGuides(db, scope, [categoryCode], now);
  return { feeBasisPoints, ...(guides[categoryCode] ?? { county: null, province: null }) };
}

/**
 * What these crops were sold for in the household's own county and province within the last 30
 * days, those left out of which nothing is known, or that are no one crop (`isOtherCrop`): every line of a paid order counts once, whatever
 * its quantity; orders given back as a whole do not. Null where fewer than three were sold. Prices
 * of a jin are rounded as the shop shows them. Locks nothing, cannot fail.
 */
export async function readPriceGuides(
  db: Kysely<DB>,
  { householdId }: SellerScope,
  categoryCodes: readonly string[],
  now: Date = new Date(),
): Promise<{ feeBasisPoints: number; guides: Record<string, CropGuidance> }> {
  const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
  const { rows } = await sql<{
    feeBasisPoints: number;
    code: string | null;
    county: Guidance;
    province: Guidance;
  }>`
    with home as (
      select h.region_code, c.fee_basis_points
      from households h join cooperatives c on c.id = h.cooperative_id
      where h.id = ${householdId}
    ), sold as (
      select l.category_code as code,
        (line.unit_price_fen * 1000 + line.unit_grams) / (line.unit_grams * 2) as fen,
        left(l.region_code, 6) = left(home.region_code, 6) as is_county
      from home
      join listings l on l.category_code = any(${categoryCodes.filter((code) => !isOtherCrop(code))})
        and left(l.region_code, 2) = left(home.region_code, 2)
      join order_lines line on line.listing_id = l.id
        and line.created_at >= ${daysAgo(DAYS + PAID_WITHIN_DAYS)}
      join orders o on o.id = line.order_id
      where o.paid_at >= ${daysAgo(DAYS)} and o.status not in ('cancelled', 'refunded')
    )
    select home.fee_basis_points as "feeBasisPoints", code,
      ${guidance(sql`is_county`)} as county, ${guidance(sql`true`)} as province
    from home left join sold on true
    group by home.fee_basis_points, code`.execute(db);
  const [found] = rows;
  if (!found) throw new Error("a household in scope is gone");
  const known = (one: Guidance) => (one.sales >= LEAST_SALES ? one : null);
  const guides: Record<string, CropGuidance> = {};
  for (const { code, county, province } of rows) {
    // A county's sales are its province's too.
    if (code !== null && known(province)) guides[code] = { county: known(county), province };
  }
  return { feeBasisPoints: found.feeBasisPoints, guides };
}

function guidance(which: ReturnType<typeof sql>) {
  const at = (share: number) =>
    sql`percentile_disc(${sql.lit(share)}) within group (order by fen) filter (where ${which})`;
  return sql`jsonb_build_object('sales', count(fen) filter (where ${which}),
    'medianFen', ${at(0.5)}, 'lowFen', ${at(0.1)}, 'highFen', ${at(0.9)})`;
}
