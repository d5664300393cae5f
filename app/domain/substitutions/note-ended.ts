import type { Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { noteAct } from "../audit/note-act.ts";
import type { SubstitutionState } from "./substitution-rule.ts";

/** How a buyer said yes to what she was shown: who she is stands beside it, of a guest with her order. */
export type Consent = { isGuest: boolean; locale: "zh" | "en" };

/** Ends that a rule of the market's makes, whoever's request it comes up in. */
const RULES: readonly SubstitutionState[] = ["lapsed", "changed", "dropped"];

/**
 * Writes down how a proposal ended, by whom (null: by its time, or with its order) and what goes back, also
 * in the audit log. The caller holds the order's row.
 */
export async function noteEnded(
  trx: Transaction<DB>,
  ended: {
    id: string;
    parcelId: string;
    state: Exclude<SubstitutionState, "open">;
    userId: string | null;
    refundId?: string | null;
    consent?: Consent;
    now: Date;
  },
): Promise<void> {
  const { id, parcelId, state, userId, consent, now } = ended;
  const action = state === "withdrawn" ? "parcel.substitute-withdrawn" : "parcel.substitute-ended";
  const refund_id = ended.refundId ?? null;
  await trx
    .updateTable("substitutions")
    .set({
      ...{ state, ended_at: now, ended_by: userId, refund_id },
      consent: consent ? JSON.stringify(consent) : null,
    })
    .where("id", "=", id)
    .where("state", "=", "open")
    .execute();
  await noteAct(trx, {
    ...{ actor: userId, isByRule: RULES.includes(state), action },
    ...{ subject: { type: "parcel", id: parcelId }, before: { state: "open" } },
    after: { substitution_id: id, state, refund_id, consent },
  });
}
