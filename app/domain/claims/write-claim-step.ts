import type { Transaction as DbTransaction } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { DB } from "#db/schema.d.ts";
import { noteAct } from "../audit/note-act.ts";
import type { Fault } from "./claim-rules.ts";
import type { ClaimEvent, ClaimState } from "./claim-states.ts";

export type ClaimStep = {
  claimId: string;
  kind: ClaimEvent | "send" | "assign";
  by: "buyer" | "cooperative" | "operator" | "market";
  /** Null for the market itself, and a buyer who has not signed in. */
  userId: string | null;
  from: ClaimState | null;
  to: ClaimState;
  /** In whole fen: asked, offered or given. */
  fen?: number | null;
  fault?: Fault | null;
  note?: string;
  now: Date;
};

/**
 * Writes down what happened to a claim, for its timeline and for the audit log: who, when, and what
 * it came to. The caller holds the claim's row.
 */
export async function writeClaimStep(trx: DbTransaction<DB>, step: ClaimStep): Promise<void> {
  const { claimId, kind, userId, from, to, fen = null, fault = null, note = "", now } = step;
  await trx
    .insertInto("claim_events")
    .values({
      ...{ id: uuidv7(), claim_id: claimId, kind, by_side: step.by, by_user_id: userId },
      ...{ state: to, fen, fault, note, occurred_at: now },
    })
    .execute();
  await noteAct(trx, {
    isByRule: step.by === "market",
    ...{ actor: userId, action: `claim.${kind}`, subject: { type: "claim", id: claimId } },
    before: from === null ? undefined : { state: from },
    after: { state: to, fen, fault, by: step.by },
  });
}
