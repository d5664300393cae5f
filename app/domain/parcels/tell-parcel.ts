import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { shanghaiDay, shanghaiTime } from "../calendar/day-rule.ts";
import { CLAIM_WITHIN_HOURS, claimableFrom, hoursAfter } from "../claims/claim-rules.ts";
import { buyerAddressee, CONFIRMED_BUYER } from "../messages/buyer-addressee.ts";
import { queueMessage } from "../messages/queue-message.ts";
import { saidByCooperative } from "./said-by-cooperative.ts";

type Told = {
  number: string;
  locale: "zh" | "en";
  userId: string | null;
  address: unknown;
  carrier: string | null;
  trackingNumber: string | null;
  shippedAt: Date | null;
  deliveredAt: Date | null;
  isCooperativesWord: boolean;
};

async function readTold(trx: Transaction<DB>, parcelId: string): Promise<Told> {
  const { rows } = await sql<Told>`
    select orders.number, orders.locale, orders.address, ${CONFIRMED_BUYER} as "userId",
      p.carrier, p.tracking_number as "trackingNumber", (
        select occurred_at from parcel_events where parcel_id = p.id and kind = 'shipped'
      ) as "shippedAt", e.occurred_at as "deliveredAt",
      coalesce(${saidByCooperative("e")}, false) as "isCooperativesWord"
    from parcels p join orders on orders.id = p.order_id
    left join parcel_events e on e.parcel_id = p.id and e.kind = 'delivered'
    where p.id = ${parcelId}`.execute(trx);
  const [told] = rows;
  if (!told) throw new Error(`parcel ${parcelId} is gone`);
  return told;
}

/**
 * Owes the buyer one text message that a parcel has left: by whom it is carried and under which number.
 * Where that was put right she is told the right one. Locks nothing.
 */
export async function tellShipped(trx: Transaction<DB>, parcelId: string): Promise<void> {
  const told = await readTold(trx, parcelId);
  const { number, locale, carrier, trackingNumber } = told;
  if (carrier === null || trackingNumber === null) throw new Error(`parcel ${parcelId} is here`);
  await queueMessage(trx, {
    ...{ to: buyerAddressee(told), template: "parcel.shipped", locale },
    params: { number, carrier, tracking: trackingNumber },
    key: `parcel-shipped:${parcelId}:${carrier}:${trackingNumber}`,
  });
}

/**
 * Owes the buyer one text message that a parcel counts as delivered, and until when she may say what of it
 * was spoiled: the hours run whether she looks at her order's page or not. Locks nothing.
 */
export async function tellDelivered(trx: Transaction<DB>, parcelId: string): Promise<void> {
  const told = await readTold(trx, parcelId);
  const { number, locale, deliveredAt, ...said } = told;
  if (!deliveredAt) throw new Error(`parcel ${parcelId} is on its way`);
  const ends = hoursAfter(claimableFrom({ ...said, deliveredAt }), CLAIM_WITHIN_HOURS);
  await queueMessage(trx, {
    ...{ to: buyerAddressee(told), template: "parcel.delivered", locale },
    params: { number, until: `${shanghaiDay(ends).slice(5)} ${shanghaiTime(ends)}` },
    key: `parcel-delivered:${parcelId}`,
  });
}
