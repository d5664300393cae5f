import { type Kysely, type RawBuilder, sql } from "kysely";
import { validate as isUuid } from "uuid";
import type { PhotoView } from "#app/domain/photos/read-photos.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { mostUnits } from "./substitution-rule.ts";

/** What could go into the box instead; `most` units of it cost no more than what is missing. */
export type SubstituteOffer = {
  listingId: string;
  titleZh: string;
  titleEn: string;
  grade: string;
  unit: string;
  unitGrams: number;
  priceFen: number;
  available: number;
  most: number;
  isSameCrop: boolean;
  photo: Omit<PhotoView, "id"> | null;
};

/** More than these nobody reads through on a phone. */
const MOST_OFFERS = 60;

/**
 * SQL of a listing `l`: it may replace something of the line `n` in its parcel. Of the same cooperative,
 * on sale now, to be sent now, and in the parcel no line of it is yet, nor is its buyer asked to take it for
 * another of its lines.
 */
export const MAY_REPLACE: RawBuilder<boolean> = sql<boolean>`(
  l.cooperative_id = n.cooperative_id and l.status = 'published' and not l.sold_in_cycles
  and (l.ships_from is null or l.ships_from <= (now() at time zone 'Asia/Shanghai')::date)
  and not exists (select from order_lines there
    where there.parcel_id = n.parcel_id and there.listing_id = l.id)
  and not exists (select from substitutions asked where asked.parcel_id = n.parcel_id
    and asked.listing_id = l.id and asked.state = 'open'))`;

/** SQL of a listing `l`: the photo that stands for it, as its card has it. */
export const OFFER_PHOTO = sql`(
  select p.id from listing_photos lp join photos p on p.id = lp.photo_id
  where lp.listing_id = l.id and p.state <> 'refused'
  order by p.state <> 'ready', lp.position limit 1)`;

/** SQL of a proposal `s` and its listing `l`: the offer is in every fact what the buyer was shown. */
export const OFFER_AS_SHOWN: RawBuilder<boolean> = sql<boolean>`(
  l.status in ('published', 'paused')
  and jsonb_build_object('listingId', l.id, 'titleZh', l.title_zh, 'titleEn', l.title_en,
    'grade', l.grade, 'unit', l.unit, 'unitGrams', l.unit_grams, 'unitPriceFen', l.price_fen,
    'photoId', ${OFFER_PHOTO}) <@ (s.shown -> 'offered'))`;

/** SQL: what is shown of a photo `p`. */
export const PHOTO_VIEW = sql`jsonb_build_object('state', p.state, 'variants', p.variants,
  'placeholder', p.placeholder, 'width', p.width, 'height', p.height)`;

/**
 * What may be offered to the buyer instead of `missing` units of a line of the scope's cooperative:
 * what is in stock and of which one unit at least costs no more than she paid for them; the same crop
 * first, then what she would get most for. Locks nothing; empty for another's line.
 */
export async function listOffers(
  db: Kysely<DB>,
  scope: CoopScope,
  { orderLineId, missing }: { orderLineId: string; missing: number },
): Promise<SubstituteOffer[]> {
  if (!isUuid(orderLineId)) return [];
  const { rows } = await sql<Omit<SubstituteOffer, "most"> & { missingFen: number }>`
    select l.id as "listingId", l.title_zh as "titleZh", l.title_en as "titleEn", l.grade, l.unit,
      l.unit_grams as "unitGrams", l.price_fen as "priceFen", free.available,
      ${missing}::bigint * n.unit_price_fen as "missingFen",
      l.category_code = was.category_code as "isSameCrop",
      (select ${PHOTO_VIEW} from photos p where p.id = ${OFFER_PHOTO}) as photo
    from order_lines n join listings was on was.id = n.listing_id
    join listings l on ${MAY_REPLACE}
    cross join lateral (
      select coalesce(sum(t.available), 0)::int as available from lots t where t.listing_id = l.id) free
    where n.id = ${orderLineId} and n.cooperative_id = ${scope.cooperativeId}
      and free.available > 0 and l.price_fen <= ${missing}::bigint * n.unit_price_fen
    order by l.category_code = was.category_code desc, l.price_fen desc, l.id
    limit ${MOST_OFFERS}`.execute(db);
  return rows.map(({ missingFen, ...offer }) => ({
    ...offer,
    most: Math.min(offer.available, mostUnits(missingFen, offer.priceFen)),
  }));
}
