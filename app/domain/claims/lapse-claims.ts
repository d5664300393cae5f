import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { nextClaimState } from "./claim-states.ts";
import { closeClaim, escalateTo } from "./escalate-claim.ts";
import { lockClaim } from "./lock-claim.ts";
import { settleOffer } from "./settle-offer.ts";
import { tellClaim } from "./tell-claim.ts";

const AT_ONCE = 200;

async function readDue(db: Kysely<DB>, now: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from claims where due_at <= ${now} order by due_at, id limit ${AT_ONCE}`.execute(db);
  return rows.map(({ id }) => id);
}

async function lapse(db: Kysely<DB>, claimId: string, now: Date): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const claim = await lockClaim(trx, "market", claimId);
    // Answered in the meantime: then there is another day, or none.
    if (!claim?.dueAt || claim.dueAt > now) return false;
    const next = nextClaimState(claim.state, "lapse");
    if (!next.ok || !next.isNew) return false;
    const by = { by: "market", userId: null, now, kind: "lapse", note: "" } as const;
    if (next.state === "closed") await closeClaim(trx, claim, by);
    if (next.state === "settled") return (await settleOffer(trx, claim, by)).ok;
    if (next.state === "escalated") {
      await escalateTo(trx, claim, by);
      await tellClaim(trx, claim, { template: "claim.escalated" });
    }
    return true;
  });
}

/**
 * Moves on what nobody has answered in time: a claim that the cooperative left for 24 hours goes to
 * the operator; an offer that the buyer left for 72 is taken, a refusal stands. What cannot be
 * given now (her bank decides) is due again in the next run. Answers how many moved.
 * Locks one order's row and one claim's at a time.
 */
export async function lapseClaims(
  db: Kysely<DB>,
  { now = new Date() }: { now?: Date } = {},
): Promise<{ ok: true; lapsed: number }> {
  let lapsed = 0;
  const due = await readDue(db, now);
  for (const id of due) if (await lapse(db, id, now)) lapsed += 1;
  return { ok: true, lapsed };
}
