import { type Kysely, sql } from "kysely";
import { validate as isUuid } from "uuid";
import { makeProof, type Proof } from "#app/domain/ledger/proof.ts";
import { readSealOver } from "#app/domain/ledger/read-seals.ts";
import { readTransactions } from "#app/domain/ledger/read-transactions.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";

type Found = { seq: number; isOwn: boolean; isShared: boolean };

/** Whose postings a transaction has: the cooperative's and its households', or also another's. */
async function findEntry(
  db: Kysely<DB>,
  { cooperativeId }: CoopScope,
  transactionId: string,
): Promise<Found | null> {
  if (!isUuid(transactionId)) return null;
  const { rows } = await sql<Found>`
    with part as (
      select split_part(a.code, ':', 1) as word, case split_part(a.code, ':', 1)
        when 'relief' then coalesce(
          (select l.cooperative_id from order_lines l where l.id = p.order_line_id),
          (select run.cooperative_id from payouts o join payout_runs run on run.id = o.payout_run_id
            where t.cause_type = 'payout' and o.id = t.cause_id),
          (select cooperative_of(r.household_id, t.occurred_at) from relief_accounts r
            where r.ledger_account_id = a.id))
        else (select c.id from cooperatives c where c.slug = split_part(a.code, ':', 2)) end as coop
      from ledger_transactions t join postings p on p.transaction_id = t.id
      join ledger_accounts a on a.id = p.account_id and a.code ~ '^(relief|coop-fee|freight|owed|reserve):'
      where t.id = ${transactionId}
    )
    select t.seq, bool_or(part.coop = ${cooperativeId}
        and (part.word <> 'relief' or t.cause_type = 'payout')) as "isOwn",
      bool_or(part.coop is distinct from ${cooperativeId}) as "isShared"
    from ledger_transactions t cross join part where t.id = ${transactionId} group by t.seq`.execute(
    db,
  );
  return rows[0] ?? null;
}

/**
 * The proof that an entry of the statement of the scope's cooperative is sealed. Fails with
 * "entry-not-found" (also for what is on no account of its own), "shared" (another cooperative has a part
 * in the order: what it and its households got is not ours to hand out; the order's buyer has the proof)
 * "not-sealed-yet" and "seal-broken" (an entry of the seal is not what was sealed). Reads the at most 1,024 transactions of one seal, locks nothing.
 */
export async function readOwnProof(
  db: Kysely<DB>,
  scope: CoopScope,
  transactionId: string,
): Promise<
  | { ok: true; proof: Proof }
  | { ok: false; reason: "entry-not-found" | "shared" | "not-sealed-yet" | "seal-broken" }
> {
  const found = await findEntry(db, scope, transactionId);
  if (!found?.isOwn) return { ok: false, reason: "entry-not-found" };
  if (found.isShared) return { ok: false, reason: "shared" };
  const seal = await readSealOver(db, found.seq);
  if (!seal) return { ok: false, reason: "not-sealed-yet" };
  const limit = seal.transactionCount + 1;
  const range = { after: seal.firstSeq - 1, upTo: seal.lastSeq, limit };
  const transactions = await readTransactions(db, range);
  const proof = makeProof(seal, transactions, transactionId);
  return proof ? { ok: true, proof } : { ok: false, reason: "seal-broken" };
}
