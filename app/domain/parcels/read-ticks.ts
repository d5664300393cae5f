import { type Kysely, sql } from "kysely";
import { validate as isUuid } from "uuid";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { PARCEL_NUMBER } from "./parcel-number.ts";
import type { ParcelStatus } from "./parcel-states.ts";

export type Tick = { orderLineId: string; parcelId: string; byMe: boolean; at: Date } & Named;
/** What her cooperative calls her; null when nobody was asked for a name, or she never worked here. */
type Named = { name: string | null };

/** SQL: what the scope's cooperative calls whoever has this user id. */
const nameOf = (scope: CoopScope, userId: string) => sql<string | null>`(
  select m.name from cooperative_members m
  where m.user_id = ${sql.ref(userId)} and m.cooperative_id = ${scope.cooperativeId})`;

/** Which lines of the scope's cooperative's parcels are ticked, and by whom. Locks nothing. */
export async function readTicks(
  db: Kysely<DB>,
  scope: CoopScope,
  parcelIds: readonly string[],
): Promise<Tick[]> {
  if (parcelIds.length === 0) return [];
  return db
    .selectFrom("parcel_ticks as tick")
    .innerJoin("parcels", "parcels.id", "tick.parcel_id")
    .where("parcels.cooperative_id", "=", scope.cooperativeId)
    .where(sql<boolean>`tick.parcel_id = any(${[...parcelIds]}::uuid[])`)
    .select(["tick.order_line_id as orderLineId", "tick.parcel_id as parcelId"])
    .select(["tick.ticked_at as at", nameOf(scope, "tick.ticked_by").as("name")])
    .select(sql<boolean>`tick.ticked_by = ${scope.userId}`.as("byMe"))
    .execute();
}

export type TakenStep = {
  orderNumber: string;
  kind: ParcelStatus;
  byMe: boolean;
  at: Date;
} & Named;

/**
 * Who took the last step of a parcel of the scope's cooperative, and when; null for another's, and
 * where nobody of the cooperative did. Locks nothing.
 */
export async function readLastStep(
  db: Kysely<DB>,
  scope: CoopScope,
  parcelId: string,
): Promise<TakenStep | null> {
  if (!isUuid(parcelId)) return null;
  const step = await db
    .selectFrom("parcel_events as event")
    .innerJoin("parcels", "parcels.id", "event.parcel_id")
    .innerJoin("orders", "orders.id", "parcels.order_id")
    .where("parcels.id", "=", parcelId)
    .where("parcels.cooperative_id", "=", scope.cooperativeId)
    .where("event.by_user_id", "is not", null)
    .whereRef("event.kind", "=", "parcels.status")
    .select([PARCEL_NUMBER.as("orderNumber"), "event.kind", "event.occurred_at as at"])
    .select(nameOf(scope, "event.by_user_id").as("name"))
    .select(sql<boolean>`event.by_user_id = ${scope.userId}`.as("byMe"))
    .executeTakeFirst();
  // The database's CHECK holds the same list of states.
  return step ? { ...step, kind: step.kind as ParcelStatus } : null;
}
