import { type Kysely, type RawBuilder, sql } from "kysely";
import { validate as isUuid } from "uuid";
import type { PhotoView } from "#app/domain/photos/read-photos.ts";
import type { DB } from "#db/schema.d.ts";
import { isOrderNumber } from "../orders/order-number.ts";
import { ownsOrder } from "../orders/read-basket.ts";
import type { BuyerScope, CoopScope } from "../scopes.ts";
import { OFFER_AS_SHOWN, PHOTO_VIEW } from "./list-offers.ts";
import type { Shown, SubstitutionState } from "./substitution-rule.ts";

/** A proposal with all that its buyer is shown, and how it stands. */
export type SubstitutionView = Shown & {
  id: string;
  parcelId: string;
  orderLineId: string;
  state: SubstitutionState;
  answerBy: Date;
  endedAt: Date | null;
  /** Open, and its offer is still what she was shown, and there is time. */
  isToAnswer: boolean;
  photo: Omit<PhotoView, "id"> | null;
};

function read(db: Kysely<DB>, where: RawBuilder<unknown>, now: Date) {
  return sql<SubstitutionView>`
    select s.id, s.parcel_id as "parcelId", s.order_line_id as "orderLineId", s.state,
      s.answer_by as "answerBy", s.ended_at as "endedAt", s.shown -> 'missing' as missing,
      s.shown -> 'offered' as offered, (s.shown ->> 'backFen')::bigint as "backFen",
      s.state = 'open' and s.answer_by > ${now} and ${OFFER_AS_SHOWN} as "isToAnswer",
      (select ${PHOTO_VIEW} from photos p
        where p.id = (s.shown #>> '{offered,photoId}')::uuid) as photo
    from substitutions s join listings l on l.id = s.listing_id
    join orders on orders.id = s.order_id
    where ${where} order by s.id`.execute(db);
}

/**
 * What the buyer of an order of her own is, or was, asked about replacing something of it, oldest first.
 * Empty for another buyer's. Locks nothing.
 */
export async function readSubstitutions(
  db: Kysely<DB>,
  buyer: BuyerScope,
  number: string,
  now: Date = new Date(),
): Promise<SubstitutionView[]> {
  if (!isOrderNumber(number)) return [];
  return (await read(db, sql`orders.number = ${number} and ${ownsOrder(buyer)}`, now)).rows;
}

/** The same of one parcel of the scope's cooperative. Locks nothing. */
export async function readParcelSubstitutions(
  db: Kysely<DB>,
  scope: CoopScope,
  parcelId: string,
  now: Date = new Date(),
): Promise<SubstitutionView[]> {
  if (!isUuid(parcelId)) return [];
  const where = sql`s.parcel_id = ${parcelId} and l.cooperative_id = ${scope.cooperativeId}`;
  return (await read(db, where, now)).rows;
}
