import { type Transaction as DbTransaction, type Kysely, sql } from "kysely";
import { validate as isUuid } from "uuid";
import type { OperatorScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { noteAct } from "../audit/note-act.ts";
import type { EntryCause } from "./entry-forms.ts";
import { LINE_OF_ENTRY } from "./entry-of-line.ts";
import { postTransaction } from "./post.ts";
import { type EntryStanding, readEntryWithin } from "./read-entry.ts";
import { LONGEST_REASON } from "./reversal-rule.ts";

export type ReversedTransaction =
  | { ok: true; isNew: boolean }
  | { ok: false; reason: "not-found" | "no-reason" | "reason-too-long" }
  | { ok: false; reason: "not-reversible"; standing: EntryStanding };

type Asked = { transactionId: string; reason: string; clientKey: string; now?: Date };

/** The line waits for whoever books it or reverses it; without it an entry is none of these. */
async function lockLine(trx: DbTransaction<DB>, transactionId: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select m.id from ledger_transactions t
    join stripe_movements m on m.stripe_id = ${LINE_OF_ENTRY}
    where t.id = ${transactionId} for update of m`.execute(trx);
  return rows[0]?.id ?? null;
}

/**
 * Takes a ledger transaction back, whole, by its exact opposite with the same tags: nothing that was
 * posted is changed. Who did it and why stands in the audit log, and verify-ledger wants both. Once;
 * the same form sent again (`clientKey`) changes nothing and says so (`isNew: false`).
 *
 * Only what was booked of one of Stripe's lines by itself (entry-of.ts: fees, payouts to our bank and
 * top-ups from it) and stands beside what Stripe says of that line: a reconciliation has not found it
 * there (find-missing.ts), or Stripe names another amount. Nothing else of the market hangs on such
 * an entry. All other money does: an order's state, a refund's parts, a payout's household, a
 * dispute's verdict say what was posted, so that a reversal beside them would leave the row saying
 * one thing and the ledger another; each has a way back of its own that moves both (reversal-rule.ts).
 * A dispute's fee is told with the dispute, not by a line. A reversal is never reversed: should Stripe
 * have the line after all, or have it with another amount, it counts as not booked, and is booked anew
 * as Stripe has it within minutes (book-movements.ts).
 *
 * Fails, writing nothing, with "not-found", "no-reason", "reason-too-long" (200 characters) and
 * "not-reversible", with what it is instead. Locks Stripe's line. Rules 2, 3 and 4 of the product.
 */
export async function reverseTransaction(
  db: Kysely<DB>,
  operator: OperatorScope,
  { transactionId, reason, clientKey, now = new Date() }: Asked,
): Promise<ReversedTransaction> {
  const why = reason.trim();
  if (why === "") return { ok: false, reason: "no-reason" };
  if ([...why].length > LONGEST_REASON) return { ok: false, reason: "reason-too-long" };
  if (!isUuid(transactionId)) return { ok: false, reason: "not-found" };
  return db.transaction().execute(async (trx): Promise<ReversedTransaction> => {
    const lineId = await lockLine(trx, transactionId);
    const found = await readEntryWithin(trx, transactionId);
    if (!found) return { ok: false, reason: "not-found" };
    const { standing } = found;
    if (standing.kind === "reversed" && found.clientKey === clientKey) {
      return { ok: true, isNew: false };
    }
    if (standing.kind !== "reversible") return { ok: false, reason: "not-reversible", standing };
    const posted = await postTransaction(trx, {
      kind: "reversal",
      causeType: found.causeType as EntryCause,
      causeId: found.causeId,
      reversesId: transactionId,
      idempotencyKey: `reversal:${transactionId}`,
      occurredAt: now,
      postings: found.postings.map((posting) => ({ ...posting, fen: -posting.fen })),
    });
    if (!posted.ok || !posted.isNew) throw new Error(`${transactionId} could not be reversed`);
    await sql`update stripe_movements set booked_at = null where id = ${lineId}`.execute(trx);
    await noteAct(trx, {
      ...{ actor: operator.userId, action: "ledger.reversed" },
      subject: { type: "ledger-transaction", id: transactionId },
      after: { reversalId: posted.transactionId, reason: why, clientKey },
    });
    return { ok: true, isNew: true };
  });
}
