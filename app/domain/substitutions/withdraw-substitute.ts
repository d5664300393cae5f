import type { Kysely } from "kysely";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { lockParcel } from "../parcels/lock-parcel.ts";
import { giveUp } from "./give-up.ts";
import { lockSubstitution } from "./lock-substitution.ts";
import type { SubstitutionState } from "./substitution-rule.ts";

export type WithdrawnSubstitute =
  | { ok: true; fen: number; isNew: boolean }
  | { ok: false; reason: "parcel-not-found" | "substitute-not-found" | "order-stopped" }
  | { ok: false; reason: "answered"; state: SubstitutionState };

/**
 * A cooperative takes a proposal of its own back while it is open: the goods are there after all
 * (`isFound`), and nothing changes; or they are not, and their money goes back to the buyer at once. A
 * second time is answered ok with `isNew` false.
 *
 * Fails with "parcel-not-found" (unknown, another's), "substitute-not-found" (of another parcel),
 * "answered" (her answer was faster, or it has ended) and "order-stopped". Locks as giveUp says, the
 * order's row first.
 */
export async function withdrawSubstitute(
  db: Kysely<DB>,
  scope: CoopScope,
  asked: { parcelId: string; substitutionId: string; isFound: boolean; now?: Date },
): Promise<WithdrawnSubstitute> {
  const now = asked.now ?? new Date();
  return db.transaction().execute(async (trx): Promise<WithdrawnSubstitute> => {
    const locked = await lockParcel(trx, scope, asked.parcelId);
    if (!locked) return { ok: false, reason: "parcel-not-found" };
    const { order, siblings } = locked;
    const of = { orderId: order.id, id: asked.substitutionId };
    const substitution = await lockSubstitution(trx, of);
    if (substitution?.parcelId !== asked.parcelId) {
      return { ok: false, reason: "substitute-not-found" };
    }
    const { state } = substitution;
    if (state === "withdrawn") return { ok: true, fen: 0, isNew: false };
    if (state !== "open") return { ok: false, reason: "answered", state };
    const { isFound } = asked;
    const given = await giveUp(trx, {
      ...{ order, siblings, substitution, state: "withdrawn", userId: scope.userId, isFound, now },
    });
    return given.ok ? { ok: true, fen: given.fen, isNew: true } : given;
  });
}
