import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { noteAct } from "../audit/note-act.ts";
import { type RequestedRefund, requestOrderRefund } from "../payments/request-order-refund.ts";
import { type LineRefusal, lockLine } from "./lock-line.ts";
import { type BuyersNote, noteFor } from "./reason-rule.ts";
import { isByWeight, isTooLight, lightFen } from "./weight-rule.ts";

export type WeighedLine =
  /** What goes back by this weighing, in fen; 0 where it weighs enough. */
  | { ok: true; fen: number; isNew: boolean }
  | {
      ok: false;
      reason: LineRefusal | "by-the-piece" | "weight-invalid" | "taken-before" | "substitute-open";
    }
  | { ok: false; reason: "too-light"; expectedGrams: number }
  | Extract<RequestedRefund, { ok: false }>;

/**
 * Settles a line of a parcel of the scope's cooperative by what it weighs, in whole grams: of goods
 * sold by weight the price of what is missing goes back to the buyer (weight-rule.ts), as an amount of
 * the line (plan-refund.ts). Heavier costs her nothing. Weighed again, only what is missing beyond the
 * weighings before goes back, and nothing is ever asked back of her. Units said to be short
 * (say-short.ts) are not expected any more. The same `clientKey` again is the same weighing.
 *
 * Fails, writing nothing, as lockLine and requestOrderRefund do, and with "by-the-piece",
 * "weight-invalid" (no whole grams above none), "too-light" (less than half: a shortage, or a mistake),
 * "substitute-open" (its buyer is asked what may replace what is missing) and "taken-before" (by the same key something else). Locks the order's row, then its parcels by id.
 */
export async function weighLine(
  db: Kysely<DB>,
  scope: CoopScope,
  input: {
    parcelId: string;
    orderLineId: string;
    actualGrams: number;
    clientKey: string;
    note?: BuyersNote;
  },
): Promise<WeighedLine> {
  const { parcelId, orderLineId, actualGrams, clientKey } = input;
  const { userId } = scope;
  if (!Number.isSafeInteger(actualGrams) || actualGrams < 1) {
    return { ok: false, reason: "weight-invalid" };
  }
  return db.transaction().execute(async (trx): Promise<WeighedLine> => {
    const locked = await lockLine(trx, scope, input);
    if (!locked.ok) return locked;
    const { line } = locked;
    const before = await trx
      .selectFrom("line_weights")
      .where("parcel_id", "=", parcelId)
      .where("client_key", "=", clientKey)
      .select(["order_line_id", "actual_grams", "refund_fen"])
      .executeTakeFirst();
    if (before) {
      const isSame = before.order_line_id === orderLineId && before.actual_grams === actualGrams;
      return isSame
        ? { ok: true, fen: before.refund_fen, isNew: false }
        : { ok: false, reason: "taken-before" };
    }
    if (line.isAsked) return { ok: false, reason: "substitute-open" };
    const expectedGrams = line.units * line.unitGrams;
    if (!isByWeight(line.unit)) return { ok: false, reason: "by-the-piece" };
    if (expectedGrams === 0) return { ok: false, reason: "unknown-line" };
    if (isTooLight(actualGrams, expectedGrams)) {
      return { ok: false, reason: "too-light", expectedGrams };
    }
    const owedFen = lightFen({ ...line, expectedGrams, actualGrams });
    const fen = Math.max(0, owedFen - (line.lightFen ?? 0));
    const refund =
      fen === 0
        ? null
        : await requestOrderRefund(trx, {
            ...{ orderId: line.orderId, parcelId, of: { kind: "amount", fen, orderLineId } },
            ...{ reason: "goods", note: noteFor(line.locale, input.note) },
            ...{ key: `light:${parcelId}:${clientKey}`, userId },
          });
    if (refund && !refund.ok) return refund;
    const weighed = {
      ...{ order_line_id: orderLineId, expected_grams: expectedGrams, actual_grams: actualGrams },
      ...{ refund_id: refund?.refundId ?? null, refund_fen: refund?.fen ?? 0 },
    };
    await trx
      .insertInto("line_weights")
      .values({
        ...{ id: uuidv7(), parcel_id: parcelId, client_key: clientKey, weighed_by: userId },
        ...weighed,
      })
      .execute();
    await noteAct(trx, {
      ...{ actor: userId, action: "parcel.weighed", subject: { type: "parcel", id: parcelId } },
      after: weighed,
    });
    return { ok: true, fen, isNew: true };
  });
}
