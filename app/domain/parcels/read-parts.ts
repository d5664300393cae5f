import { type RawBuilder, sql } from "kysely";
import type { ParcelStatus } from "./parcel-states.ts";
import type { RestReason } from "./split-rule.ts";

/** Why a parcel follows another, and by which day in Shanghai it is promised to leave. */
export type Rest = { reason: RestReason; promisedOn: string };
/** Another of the cooperative's parcels of the same order. */
export type OtherPart = { id: string; part: number; status: ParcelStatus };

/** SQL over parcels of this name: what one was promised as; null where it is no rest of another. */
export const restOf = (parcels: string): RawBuilder<Rest | null> => sql<Rest | null>`(
  select jsonb_build_object('reason', s.reason, 'promisedOn', s.promised_on)
  from parcel_splits s where s.rest_parcel_id = ${sql.ref(`${parcels}.id`)})`;

/** SQL over `parcels`: its cooperative's other parcels of the order, by their part. */
export const OTHER_PARTS: RawBuilder<OtherPart[]> = sql<OtherPart[]>`(
  select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'part', p.part, 'status', p.status)
    order by p.part), '[]')
  from parcels p where p.order_id = parcels.order_id
    and p.cooperative_id = parcels.cooperative_id and p.id <> parcels.id)`;
