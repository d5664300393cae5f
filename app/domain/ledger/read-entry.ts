import { type Kysely, sql, type Transaction } from "kysely";
import { validate as isUuid } from "uuid";
import type { OperatorScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { DIFFERS_FROM_LINE, IS_OF_LINE, LINE_OF_ENTRY } from "./entry-of-line.ts";
import type { Posting } from "./post.ts";
import { type OtherWay, wayBack } from "./reversal-rule.ts";

/** Whether an entry may be reversed by hand, and where not, what has become of it or will. */
export type EntryStanding =
  | { kind: "reversible" }
  | { kind: "reversed"; at: Date; reason: string | null }
  /** It takes an entry of one of Stripe's lines back itself. */
  | { kind: "is-reversal" }
  /** Stripe has its line, with just what was booked of it. */
  | { kind: "at-stripe" }
  | { kind: "another-way"; way: OtherWay };

export type LedgerEntryShown = {
  id: string;
  kind: string;
  occurredAt: Date;
  /** "cny": that of its clearing account. */
  currency: string;
  /** Stripe's own line of which it was booked; null for what has another cause. */
  stripeId: string | null;
  postings: Posting[];
  standing: EntryStanding;
};

type Row = Omit<LedgerEntryShown, "standing"> & {
  key: string;
  causeType: string;
  causeId: string;
  isTransfer: boolean;
  isReversalOfLine: boolean;
  isOfLine: boolean;
  differs: boolean;
  reversedAt: Date | null;
  /** Of the note in the audit log. */
  reason: string | null;
  clientKey: string | null;
};

function standingOf(row: Row): EntryStanding {
  if (row.reversedAt !== null) {
    return { kind: "reversed", at: new Date(row.reversedAt), reason: row.reason };
  }
  if (row.isReversalOfLine) return { kind: "is-reversal" };
  if (!row.isOfLine) return { kind: "another-way", way: wayBack(row) };
  return { kind: row.differs ? "reversible" : "at-stripe" };
}

/** As `readEntry`, in the caller's transaction, with what reversing needs to know. Locks nothing. */
export async function readEntryWithin(
  db: Kysely<DB> | Transaction<DB>,
  id: string,
): Promise<(Row & { standing: EntryStanding }) | null> {
  if (!isUuid(id)) return null;
  const { rows } = await sql<Row>`
    select t.id, t.kind, t.occurred_at as "occurredAt", t.idempotency_key as key,
      t.cause_type as "causeType", t.cause_id as "causeId", m.stripe_id as "stripeId",
      t.reverses_id is not null and t.cause_type <> 'dispute'
        and t.idempotency_key like 'reversal:%' as "isReversalOfLine",
      ${IS_OF_LINE} and m.id is not null as "isOfLine",
      ${DIFFERS_FROM_LINE} as differs, back.created_at as "reversedAt",
      noted.after ->> 'reason' as reason, noted.after ->> 'clientKey' as "clientKey",
      exists (select from refunds r where t.cause_type = 'refund' and r.id = t.cause_id
        and r.bank_reference is not null) as "isTransfer",
      coalesce((select nullif(substr(min(a.code), length('stripe:clearing-') + 1), '')
        from postings p join ledger_accounts a on a.id = p.account_id
        where p.transaction_id = t.id and a.code like 'stripe:clearing%'), 'cny') as currency,
      (select jsonb_agg(jsonb_build_object('account', a.code, 'fen', p.fen,
          'orderLineId', p.order_line_id, 'reliefAccountId', p.relief_account_id) order by p.id)
        from postings p join ledger_accounts a on a.id = p.account_id
        where p.transaction_id = t.id) as postings
    from ledger_transactions t
    left join stripe_movements m on ${IS_OF_LINE} and m.stripe_id = ${LINE_OF_ENTRY}
    left join ledger_transactions back on back.reverses_id = t.id
    left join audit_log noted on noted.subject_type = 'ledger-transaction'
      and noted.subject_id = t.id and noted.action = 'ledger.reversed'
    where t.id = ${id} order by noted.id limit 1`.execute(db);
  const [row] = rows;
  return row ? { ...row, standing: standingOf(row) } : null;
}

/**
 * A ledger transaction with its postings, and whether an operator may reverse it (see
 * reverse-transaction.ts); where not, which way back there is. Null when there is none of this id.
 * The scope is proof that an operator asks. Locks nothing.
 */
export async function readEntry(
  db: Kysely<DB>,
  _operator: OperatorScope,
  id: string,
): Promise<LedgerEntryShown | null> {
  const found = await readEntryWithin(db, id);
  if (!found) return null;
  const { kind, occurredAt, currency, stripeId, postings, standing } = found;
  return { id: found.id, kind, occurredAt, currency, stripeId, postings, standing };
}
