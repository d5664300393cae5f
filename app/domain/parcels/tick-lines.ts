import type { Kysely } from "kysely";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { lockParcel } from "./lock-parcel.ts";
import { isBoxOpen } from "./parcel-states.ts";

export type TickedLines =
  | { ok: true }
  | { ok: false; reason: "parcel-not-found" | "parcel-cancelled" | "packed-already" };

/**
 * Keeps which lines of a parcel of the scope's cooperative are in the box. `shown` is what the page
 * showed as ticked, `ticked` what it says now: only what differs between the two is done, line by
 * line, so that a page that is older than a colleague's ticks leaves those alone. Who ticked a line
 * first stays. Ids of other parcels' lines do nothing.
 *
 * Fails with "parcel-not-found" (unknown, another cooperative's, or of an order not paid),
 * "parcel-cancelled" and "packed-already" (the box is closed). Locks the order's row, then its
 * parcels by id: nobody ticks while a colleague closes the box.
 */
export async function tickLines(
  db: Kysely<DB>,
  scope: CoopScope,
  input: { parcelId: string; shown: readonly string[]; ticked: readonly string[]; now?: Date },
): Promise<TickedLines> {
  const { now = new Date() } = input;
  return db.transaction().execute(async (trx): Promise<TickedLines> => {
    const locked = await lockParcel(trx, scope, input.parcelId);
    if (!locked) return { ok: false, reason: "parcel-not-found" };
    const { id: parcelId, status } = locked.parcel;
    if (status === "cancelled") return { ok: false, reason: "parcel-cancelled" };
    if (!isBoxOpen(status)) return { ok: false, reason: "packed-already" };
    const rows = await trx
      .selectFrom("order_lines")
      .select("id")
      .where("parcel_id", "=", parcelId)
      .execute();
    const ids = rows.map((row) => row.id);
    const on = ids.filter((id) => input.ticked.includes(id) && !input.shown.includes(id));
    const off = ids.filter((id) => input.shown.includes(id) && !input.ticked.includes(id));
    if (on.length > 0) {
      const tick = { parcel_id: parcelId, ticked_by: scope.userId, ticked_at: now };
      await trx
        .insertInto("parcel_ticks")
        .values(on.map((order_line_id) => ({ order_line_id, ...tick })))
        .onConflict((conflict) => conflict.column("order_line_id").doNothing())
        .execute();
    }
    if (off.length > 0) {
      await trx.deleteFrom("parcel_ticks").where("order_line_id", "in", off).execute();
    }
    return { ok: true };
  });
}
