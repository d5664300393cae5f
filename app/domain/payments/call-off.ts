import type { Transaction as DbTransaction } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { DB } from "#db/schema.d.ts";
import { noteAct } from "../audit/note-act.ts";
import { noteCalledOff } from "../messages/note-called-off.ts";
import { giveBackStock } from "../stock/give-back.ts";
import { type LostGoods, writeOffStock } from "../stock/write-off.ts";
import { dropSubstitutes } from "../substitutions/drop-substitutes.ts";
import { coverLoss } from "./cover-loss.ts";
import { moveFreight, moveFreightBack } from "./move-freight.ts";
import { type RequestedRefund, requestOrderRefund } from "./request-order-refund.ts";
import { tellRefund } from "./tell-refund.ts";

/**
 * Calls paid parcels off: they are cancelled, their stock is on sale again but for what is `lost`
 * (write-off.ts), all their money is asked back (freight too, where nothing of it is sent in parts that go on; less what a bank
 * has given the buyer already) the buyer is asked no more what may replace something of it (drop-substitutes.ts), and she will be told, and households that count on the sale, in the caller's transaction. The
 * order's own state is the caller's to set.
 *
 * Fails as requestOrderRefund does, then the caller must write nothing; only when nothing is left
 * to give back the parcels are called off all the same. The caller holds the order's row and its
 * parcels'; the order's untold sales, the listings of what is lost, then the lots are locked after them, in id order, and last the keys of the jobs that index them.
 */
export async function callOff(
  trx: DbTransaction<DB>,
  off: {
    orderId: string;
    /** Null: the whole order, all of `parcelIds` at once. */
    parcelId: string | null;
    parcelIds: readonly string[];
    reason: "cancelled-by-buyer" | "cancelled-by-cooperative";
    note: string;
    userId: string | null;
    /** Of one parcel only. */
    lost?: { parcelId: string; lost: readonly LostGoods[]; userId: string };
    /** Listings that the caller has put something back on sale of, to be indexed with the others. */
    alsoChanged?: readonly string[];
    now: Date;
  },
): Promise<{ ok: true; fen: number } | Extract<RequestedRefund, { ok: false }>> {
  const { orderId, parcelId, parcelIds, reason, note, userId, now } = off;
  const key = `${reason}:${parcelId ?? orderId}`;
  const of = { kind: "all" } as const;
  const asked = { orderId, parcelId, of, reason, key, note, userId };
  const carried = await moveFreight(trx, orderId, parcelIds);
  const requested = await requestOrderRefund(trx, asked);
  const refund = requested.ok ? requested : null;
  if (!requested.ok && requested.reason !== "nothing-left") {
    await moveFreightBack(trx, carried);
    return requested;
  }
  await noteCalledOff(trx, { orderId, parcelIds });
  const writtenOff = off.lost ? await writeOffStock(trx, off.lost) : [];
  const dropped = await dropSubstitutes(trx, { parcelIds, userId, now });
  await giveBackStock(trx, parcelIds, [...[...writtenOff, ...dropped, ...(off.alsoChanged ?? [])]]);
  for (const id of parcelIds) {
    await trx
      .updateTable("parcels")
      .set({ status: "cancelled", updated_at: now })
      .where("id", "=", id)
      .execute();
    const event = { kind: "cancelled", by_user_id: userId, note, occurred_at: now };
    await trx
      .insertInto("parcel_events")
      .values({ id: uuidv7(), parcel_id: id, ...event })
      .execute();
    await noteAct(trx, {
      ...{ actor: userId, action: "parcel.cancelled", subject: { type: "parcel", id } },
      after: { reason, refundId: refund?.refundId },
    });
  }
  await coverLoss(trx, orderId, now);
  if (refund) await tellRefund(trx, refund.refundId);
  return { ok: true, fen: refund?.fen ?? 0 };
}
