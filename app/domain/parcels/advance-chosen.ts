import type { Kysely } from "kysely";
import { validate as isUuid } from "uuid";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { type AdvancedParcel, advanceParcel } from "./advance-parcel.ts";
import { PARCEL_NUMBER } from "./parcel-number.ts";
import type { ParcelEvent } from "./parcel-states.ts";
import { readLastStep, type TakenStep } from "./read-ticks.ts";

export type ChosenParcel = {
  parcelId: string;
  /** Null of what is not there, or another cooperative's. */
  orderNumber: string | null;
} & (
  | { outcome: "done" }
  /** Somebody, or the same form, was first: who and when, where a person was. */
  | { outcome: "stands"; step: TakenStep | null }
  | { outcome: Extract<AdvancedParcel, { ok: false }>["reason"] }
);

/**
 * Takes several parcels of the scope's cooperative one step on, each by itself as advance-parcel.ts
 * does: one that cannot go stops no other, and of two people who do it at once each parcel is one's.
 * Answers in the order named, each parcel once. Locks one parcel's order after the other's.
 */
export async function advanceChosen(
  db: Kysely<DB>,
  scope: CoopScope,
  input: {
    parcelIds: readonly string[];
    event: Exclude<ParcelEvent, "cancel" | "ship">;
    /** By parcel, how many sale units it was shown to hold; one that has changed since is looked at again. */
    shownUnits?: ReadonlyMap<string, number>;
    now?: Date;
  },
): Promise<ChosenParcel[]> {
  const parcelIds = [...new Set(input.parcelIds)].filter((id) => isUuid(id));
  const numbers = await readNumbers(db, scope, parcelIds);
  const answers: ChosenParcel[] = [];
  for (const parcelId of parcelIds) {
    const { event, now } = input;
    const shownUnits = input.shownUnits?.get(parcelId);
    const step = await advanceParcel(db, scope, { parcelId, event, shownUnits, now });
    const of = { parcelId, orderNumber: numbers.get(parcelId.toLowerCase()) ?? null };
    if (!step.ok) answers.push({ ...of, outcome: step.reason });
    else if (step.isNew) answers.push({ ...of, outcome: "done" });
    else {
      const last = await readLastStep(db, scope, parcelId);
      answers.push({ ...of, outcome: "stands", step: last });
    }
  }
  return answers;
}

async function readNumbers(db: Kysely<DB>, scope: CoopScope, parcelIds: readonly string[]) {
  if (parcelIds.length === 0) return new Map<string, string>();
  const rows = await db
    .selectFrom("parcels")
    .innerJoin("orders", "orders.id", "parcels.order_id")
    .where("parcels.cooperative_id", "=", scope.cooperativeId)
    .where("parcels.id", "in", parcelIds)
    .where("orders.paid_at", "is not", null)
    .select(["parcels.id", PARCEL_NUMBER.as("number")])
    .execute();
  return new Map(rows.map(({ id, number }) => [id, number]));
}
