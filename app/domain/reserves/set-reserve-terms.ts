import type { Kysely } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { noteAct } from "../audit/note-act.ts";
import type { CoopScope } from "../scopes.ts";
import { lockReserve } from "./lock-reserve.ts";
import { CEILING_BOUNDS, RATE_BOUNDS, type ReserveTerms } from "./reserve-rule.ts";
import { tendWithin } from "./tend-reserve.ts";

export type SetReserveTerms =
  | { ok: true; isChanged: boolean }
  | { ok: false; reason: "rate-out-of-bounds" | "ceiling-out-of-bounds" | "overtaken" };

const isWithin = (value: number, { least, most }: { least: number; most: number }) =>
  Number.isSafeInteger(value) && value >= least && value <= most;

/**
 * Sets how much of each order's fee the scope's cooperative keeps in reserve (basis points, 5 % to 50 %)
 * and up to how much in all (fen, ¥100 to ¥100,000). What was sold before is kept for as it was; the ceiling
 * holds at once, so that what stands above a lower one is released in the same step. `version` is that of
 * the terms the form was filled in on. Who, before and after stand in the audit log; the same terms
 * again change nothing.
 *
 * Fails with "rate-out-of-bounds", "ceiling-out-of-bounds" and "overtaken" (somebody else has set other
 * terms meanwhile). Locks the reserve's row.
 */
export async function setReserveTerms(
  db: Kysely<DB>,
  scope: CoopScope,
  input: ReserveTerms & { version: number; now?: Date },
): Promise<SetReserveTerms> {
  const { rateBasisPoints, ceilingFen, version, now = new Date() } = input;
  if (!isWithin(rateBasisPoints, RATE_BOUNDS)) return { ok: false, reason: "rate-out-of-bounds" };
  if (!isWithin(ceilingFen, CEILING_BOUNDS)) return { ok: false, reason: "ceiling-out-of-bounds" };
  const { cooperativeId } = scope;
  return db.transaction().execute(async (trx): Promise<SetReserveTerms> => {
    const reserve = await lockReserve(trx, cooperativeId);
    if (!reserve) throw new Error(`cooperative ${cooperativeId} has no reserve`);
    const isSame = reserve.rateBasisPoints === rateBasisPoints && reserve.ceilingFen === ceilingFen;
    if (isSame) return { ok: true, isChanged: false };
    if (reserve.version !== version) return { ok: false, reason: "overtaken" };
    // What was sold under the old terms is counted by them first.
    await tendWithin(trx, reserve, now);
    const next = { rateBasisPoints, ceilingFen, version: version + 1 };
    await trx
      .updateTable("reserves")
      .set({ rate_basis_points: rateBasisPoints, ceiling_fen: ceilingFen, version: next.version })
      .where("cooperative_id", "=", cooperativeId)
      .execute();
    await noteAct(trx, {
      ...{ actor: scope.userId, action: "reserve.set" },
      subject: { type: "cooperative", id: cooperativeId },
      before: { rateBasisPoints: reserve.rateBasisPoints, ceilingFen: reserve.ceilingFen },
      after: next,
    });
    const set = await lockReserve(trx, cooperativeId);
    if (set) await tendWithin(trx, set, now);
    return { ok: true, isChanged: true };
  });
}
