import { type RawBuilder, sql, type Transaction } from "kysely";
import type { SellerScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import type { EditableFacts } from "./fact-changes.ts";

/** What of an edit its household has agreed to or said otherwise, by the form's fields. */
export type AgreedProblems = Partial<{
  title: "agreed-title";
  titleEn: "agreed-title";
  grade: "agreed-grade";
  unit: "agreed-unit";
  unitGrams: "agreed-unit";
  price: "agreed-price";
  shipsFrom: "agreed-presale";
  presaleLimit: "agreed-presale";
}>;

/**
 * What a cooperative may not change of what a household sells, for that is another offer, of which
 * it is asked anew, whether the household has agreed to it or published it itself: the name in either
 * language, the grade, the sale unit, from when a pre-sale is sent (nor whether it is one) and how
 * much it may promise at most, and the price to less than the household last agreed to or said itself
 * (a rise may be taken back). Of all else, more of the same goods among it up to a bound
 * (`mostWithout`), the household is told by text message, and how to stop it. An empty object for
 * the household's own edits. The caller holds the listing's row.
 */
export async function agreedProblems(
  trx: Transaction<DB>,
  scope: SellerScope,
  { listingId, before, after }: { listingId: string; before: EditableFacts; after: EditableFacts },
): Promise<AgreedProblems> {
  if (!("isOnBehalf" in scope)) return {};
  const problems: AgreedProblems = {};
  if (after.titleZh !== before.titleZh) problems.title = "agreed-title";
  if (after.titleEn !== before.titleEn) problems.titleEn = "agreed-title";
  if (after.grade !== before.grade) problems.grade = "agreed-grade";
  if (after.unit !== before.unit) problems.unit = "agreed-unit";
  else if (after.unitGrams !== before.unitGrams) problems.unitGrams = "agreed-unit";
  if (after.shipsFrom !== before.shipsFrom) problems.shipsFrom = "agreed-presale";
  else if ((after.presaleLimit ?? 0) > (before.presaleLimit ?? 0)) {
    problems.presaleLimit = "agreed-presale";
  }
  const isLess = after.priceFen < before.priceFen;
  if (isLess && after.priceFen < (await readAgreedFen(trx, listingId, before.priceFen))) {
    problems.price = "agreed-price";
  }
  return problems;
}

/** More than this many times what its household has brought in or agreed to, on sale at once, is another offer. */
const FAR_MORE = 5;

/** How much a household asked for so much is told that its cooperative may have on sale at once. */
export const mostWithout = (agreed: number, toldLimit: number | null) =>
  Math.max(FAR_MORE * agreed, toldLimit ?? 0);

/** Of a listing, by SQL for its id: what its cooperative added to it, in whole sale units. */
export const addedUnits = (listingId: RawBuilder<unknown>): RawBuilder<number> => sql`
  (select coalesce(sum(quantity), 0)::int from listing_changes
    where listing_id = ${listingId} and what = 'restock' and by_cooperative)`;

/** Of a listing, by SQL for its id: the limit of its pre-sale that its household was told. */
export const toldLimit = (listingId: RawBuilder<unknown>): RawBuilder<number | null> => sql`
  coalesce((select nullif(after, '')::int from listing_changes
    where listing_id = ${listingId} and what = 'presaleLimit' and not by_cooperative
    order by id desc limit 1),
    (select case when asked.listing_id is null then said.presale_limit
        else asked.asked_presale_limit end
      from listings said left join listing_consents asked on asked.listing_id = said.id
      where said.id = ${listingId}))`;

/**
 * How much of a listing its household has agreed to or brought in itself, in whole sale units: all
 * that came in but for what its cooperative added; and the `toldLimit` of its pre-sale, null where it
 * was neither asked about one nor has set it itself. Without a bound where it is the household that
 * adds. The caller holds the listing's row and its lots.
 */
export async function agreedQuantity(
  trx: Transaction<DB>,
  scope: SellerScope,
  { listingId, lots }: { listingId: string; lots: readonly { quantityIn: number }[] },
): Promise<{ agreed: number; toldLimit: number | null }> {
  if (!("isOnBehalf" in scope)) {
    return { agreed: Number.POSITIVE_INFINITY, toldLimit: null };
  }
  const { rows } = await sql<{ added: number; toldLimit: number | null }>`
    select ${addedUnits(sql`${listingId}::uuid`)} as added,
      ${toldLimit(sql`${listingId}::uuid`)} as "toldLimit"`.execute(trx);
  const { added = 0, toldLimit: told = null } = rows[0] ?? {};
  const quantityIn = lots.reduce((sum, lot) => sum + lot.quantityIn, 0);
  return { agreed: quantityIn - added, toldLimit: told };
}

/** Of a listing, by SQL for its id: the price before the cooperative changed it, since the household itself last said one. */
export const agreedFen = (listingId: RawBuilder<unknown>): RawBuilder<number | null> => sql`
  (select before::int from listing_changes c
    where listing_id = ${listingId} and what = 'price' and by_cooperative
      and not exists (select from listing_changes own
        where own.listing_id = c.listing_id and not own.by_cooperative
          and own.what in ('price', 'unit') and own.id > c.id)
    order by id limit 1)`;

async function readAgreedFen(
  trx: Transaction<DB>,
  listingId: string,
  fenNow: number,
): Promise<number> {
  const { rows } = await sql<{ fen: number | null }>`
    select ${agreedFen(sql`${listingId}::uuid`)} as fen`.execute(trx);
  return rows[0]?.fen ?? fenNow;
}
