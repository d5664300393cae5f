import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { type EditableFacts, factsOf, textsOf } from "./fact-changes.ts";
import type { PublishInput } from "./publish-listing.ts";

/** What an earlier sending of a form was put up as, where that said something else. */
export type SaidBefore = { titleZh: string; titleEn: string };

type First = EditableFacts & {
  categoryCode: string;
  quantity: number;
  /** Of each fact that was changed since, what it was at first. */
  firstTexts: Record<string, string>;
};

async function readFirst(db: Kysely<DB>, listingId: string): Promise<First> {
  const { rows } = await sql<First>`
    select l.title_zh as "titleZh", l.title_en as "titleEn", l.category_code as "categoryCode",
      l.grade, l.unit, l.unit_grams as "unitGrams", l.price_fen as "priceFen",
      l.harvested_on as "harvestedOn", l.ships_from as "shipsFrom",
      l.presale_limit as "presaleLimit", null::int as "mostPerOrder",
      array(select photo_id from listing_photos p
        where p.listing_id = l.id order by position) as "photoIds",
      (select coalesce(sum(quantity_in), 0)::int from lots where listing_id = l.id)
        - (select coalesce(sum(quantity), 0)::int from listing_changes
          where listing_id = l.id and what = 'restock') as quantity,
      coalesce((select jsonb_object_agg(what, before) from (
          select distinct on (what) what, coalesce(before, '') as before from listing_changes
          where listing_id = l.id and lot_id is null order by what, id) c), '{}') as "firstTexts"
    from listings l where l.id = ${listingId}`.execute(db);
  const [first] = rows;
  if (!first) throw new Error(`listing ${listingId} is gone`);
  return first;
}

/**
 * What a listing is called now, if the form that made it said something else than this offer does;
 * undefined where both say the same, whatever was edited, restocked or sold since: the history
 * tells what it said at first. Locks nothing, cannot fail for a listing that there is.
 */
export async function saidBefore(
  db: Kysely<DB>,
  listingId: string,
  offer: Omit<PublishInput, "clientKey">,
): Promise<SaidBefore | undefined> {
  const { firstTexts, categoryCode, quantity, ...facts } = await readFirst(db, listingId);
  const now = textsOf(factsOf(offer));
  const { mostPerOrder: _, ...first } = { ...textsOf(facts), ...firstTexts };
  const isSame = Object.entries(now).every(
    ([what, text]) => what === "mostPerOrder" || Reflect.get(first, what) === text,
  );
  if (isSame && categoryCode === offer.categoryCode && quantity === offer.quantity) return;
  return { titleZh: facts.titleZh, titleEn: facts.titleEn };
}
