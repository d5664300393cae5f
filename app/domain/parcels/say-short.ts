import type { Kysely } from "kysely";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import type { RequestedRefund } from "../payments/request-order-refund.ts";
import type { LossReason } from "../stock/loss-reasons.ts";
import { type LineRefusal, lockLine } from "./lock-line.ts";
import { type BuyersNote, noteFor } from "./reason-rule.ts";
import { writeShort } from "./write-short.ts";

export type SaidShort =
  | { ok: true; fen: number; isNew: boolean }
  | {
      ok: false;
      reason:
        | LineRefusal
        | "quantity-invalid"
        | "weighed-already"
        | "taken-before"
        | "substitute-open";
    }
  /** Of so many that are to be sent; of the last ones of a parcel: call it off. */
  | { ok: false; reason: "not-so-many" | "nothing-to-send"; units: number }
  | Extract<RequestedRefund, { ok: false }>;

/**
 * Some sale units of a line of a parcel of the scope's cooperative are not there. Their price goes
 * back to the buyer (a refund by quantity, plan-refund.ts: each account gives its share of the line),
 * they leave the stock for good (take-short.ts), and the parcel goes without them. The same
 * `clientKey` again is the same shortage (`isNew: false`). `note` is what the buyer reads, by her
 * language.
 *
 * Fails, writing nothing, as lockLine and requestOrderRefund do, and with "quantity-invalid",
 * "not-so-many", "nothing-to-send" (it would leave an empty box, whose freight has to go back too),
 * "weighed-already" (what is missing was weighed: weigh it again), "substitute-open" (its buyer is asked
 * what may replace what is missing) and "taken-before" (by the same key something else). Locks the order's row, its parcels by id, the line's listing, then the lots by id.
 */
export async function sayShort(
  db: Kysely<DB>,
  scope: CoopScope,
  input: {
    parcelId: string;
    orderLineId: string;
    quantity: number;
    reason: LossReason;
    clientKey: string;
    note?: BuyersNote;
  },
): Promise<SaidShort> {
  const { parcelId, orderLineId, quantity, reason, clientKey } = input;
  const { userId } = scope;
  if (!Number.isSafeInteger(quantity) || quantity < 1) {
    return { ok: false, reason: "quantity-invalid" };
  }
  return db.transaction().execute(async (trx): Promise<SaidShort> => {
    const locked = await lockLine(trx, scope, input);
    if (!locked.ok) return locked;
    const { line } = locked;
    const before = await trx
      .selectFrom("line_shortages as s")
      .innerJoin("refunds as r", "r.id", "s.refund_id")
      .where("s.parcel_id", "=", parcelId)
      .where("s.client_key", "=", clientKey)
      .select(["s.order_line_id", "s.quantity", "s.reason", "r.fen"])
      .executeTakeFirst();
    if (before) {
      const isSame =
        before.order_line_id === orderLineId &&
        before.quantity === quantity &&
        before.reason === reason;
      return isSame
        ? { ok: true, fen: before.fen, isNew: false }
        : { ok: false, reason: "taken-before" };
    }
    if (line.isAsked) return { ok: false, reason: "substitute-open" };
    if (line.lightFen !== null) return { ok: false, reason: "weighed-already" };
    const { units } = line;
    if (quantity > units) return { ok: false, reason: "not-so-many", units };
    if (quantity === line.parcelUnits) return { ok: false, reason: "nothing-to-send", units };
    const note = noteFor(line.locale, input.note);
    const { orderId } = line;
    const said = await writeShort(trx, {
      ...{ orderId, parcelId, orderLineId, units, quantity, reason, clientKey, note, userId },
    });
    return said.ok ? { ok: true, fen: said.fen, isNew: true } : said;
  });
}
