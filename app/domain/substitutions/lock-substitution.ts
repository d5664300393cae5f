import { sql, type Transaction } from "kysely";
import { validate as isUuid } from "uuid";
import type { DB } from "#db/schema.d.ts";
import type { LossReason } from "../stock/loss-reasons.ts";
import type { Shown, SubstitutionState } from "./substitution-rule.ts";

export type LockedSubstitution = {
  id: string;
  orderId: string;
  parcelId: string;
  orderLineId: string;
  missingUnits: number;
  missingFen: number;
  reason: LossReason;
  listingId: string;
  quantity: number;
  unitPriceFen: number;
  shown: Shown;
  note: string;
  differenceNote: string;
  state: SubstitutionState;
  answerBy: Date;
  askedBy: string;
};

/** Locks one proposal of an order, whose row the caller holds; null for an unknown one. */
export async function lockSubstitution(
  trx: Transaction<DB>,
  { orderId, id }: { orderId: string; id: string },
): Promise<LockedSubstitution | null> {
  if (!isUuid(id)) return null;
  const { rows } = await sql<LockedSubstitution>`
    select id, order_id as "orderId", parcel_id as "parcelId", order_line_id as "orderLineId",
      missing_units as "missingUnits", missing_fen as "missingFen", reason,
      listing_id as "listingId", quantity, unit_price_fen as "unitPriceFen", shown, note,
      difference_note as "differenceNote", state, answer_by as "answerBy", asked_by as "askedBy"
    from substitutions where id = ${id} and order_id = ${orderId} for update`.execute(trx);
  return rows[0] ?? null;
}
