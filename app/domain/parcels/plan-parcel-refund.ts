import type { Kysely } from "kysely";
import { validate as isUuid } from "uuid";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { markOfPlan } from "../payments/mark-of-plan.ts";
import { type LeftPart, planRefund, type RefundOf } from "../payments/plan-refund.ts";
import { readLeft, readRefundable } from "../payments/read-left.ts";
import { paidOrderStatuses } from "./paid-orders.ts";

/** What a parcel has left to give back, in fen; a line with nothing left is not in it. */
export type ParcelLeft = {
  lines: { orderLineId: string; leftFen: number; units: number }[];
  freightFen: number;
};

export type ParcelRefundPlan =
  | { ok: true; fen: number; parts: LeftPart[]; mark: string }
  | Extract<ReturnType<typeof planRefund>, { ok: false }>;

async function readParts(
  db: Kysely<DB>,
  scope: CoopScope,
  parcelId: string,
): Promise<{ parts: LeftPart[]; mostFen: number } | null> {
  if (!isUuid(parcelId)) return null;
  return db.transaction().execute(async (trx) => {
    const parcel = await trx
      .selectFrom("parcels")
      .innerJoin("orders", "orders.id", "parcels.order_id")
      .where("parcels.id", "=", parcelId)
      .where("parcels.cooperative_id", "=", scope.cooperativeId)
      .where("orders.paid_at", "is not", null)
      .where("orders.status", "in", paidOrderStatuses)
      .select("parcels.order_id")
      .executeTakeFirst();
    if (!parcel) return null;
    const mostFen = await readRefundable(trx, parcel.order_id);
    return { parts: await readLeft(trx, parcel.order_id, parcelId), mostFen };
  });
}

const sum = (parts: readonly LeftPart[]) => parts.reduce((total, part) => total + part.fen, 0);

/**
 * What could be given back of a parcel of the scope's cooperative now: by line, in fen and in whole
 * sale units, and of freight. Null when it is unknown, another's, or of an order not paid. Locks
 * nothing.
 */
export async function readParcelLeft(
  db: Kysely<DB>,
  scope: CoopScope,
  parcelId: string,
): Promise<ParcelLeft | null> {
  const read = await readParts(db, scope, parcelId);
  if (!read) return null;
  const { parts, mostFen } = read;
  if (mostFen === 0) return { lines: [], freightFen: 0 };
  const freight = parts.filter((part) => part.orderLineId === null);
  const lines = new Map<string, LeftPart[]>();
  for (const part of parts) {
    if (part.orderLineId === null) continue;
    lines.set(part.orderLineId, [...(lines.get(part.orderLineId) ?? []), part]);
  }
  return {
    lines: [...lines].map(([orderLineId, of]) => {
      const leftFen = Math.min(sum(of), mostFen);
      const units = Math.floor(leftFen / (of[0]?.unitPriceFen || Number.POSITIVE_INFINITY));
      return { orderLineId, leftFen, units };
    }),
    freightFen: Math.min(sum(freight), mostFen),
  };
}

/**
 * Who would give back how much if a part of the parcel were refunded now, by the rules of
 * plan-refund.ts, to be looked at before it is asked for. `mark` given to refundParcel as `seen`
 * makes sure that just this is carried out. Null when the parcel is unknown, another's, or of an
 * order not paid; fails as planRefund does. Locks nothing, writes nothing.
 */
export async function planParcelRefund(
  db: Kysely<DB>,
  scope: CoopScope,
  input: { parcelId: string; of: Exclude<RefundOf, { kind: "given" }> },
): Promise<ParcelRefundPlan | null> {
  const read = await readParts(db, scope, input.parcelId);
  if (!read) return null;
  const { parts, mostFen } = read;
  const plan = planRefund(parts, input.of, mostFen);
  return plan.ok ? { ...plan, mark: markOfPlan(parts, plan.parts) } : plan;
}
