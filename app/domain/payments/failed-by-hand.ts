import { sql } from "kysely";
import { isStanding } from "./let-go.ts";

/**
 * SQL: whether refund `r` was given by hand, failed before the books heard of it, and nobody has said
 * what it was to be: it is out of no account. Of a payment put aside none is (note-failed.ts).
 */
export const IS_UNDECIDED = sql<boolean>`(r.status = 'failed' and r.reason = 'by-hand'
  and r.stripe_refund_id is not null and ${isStanding("r")}
  and not exists (select from refund_parts s where s.refund_id = r.id)
  and not exists (select from ledger_transactions t
    where t.idempotency_key = 'suspense:' || r.payment_id))`;

/** SQL: the same, also once the operator has said so (decide-failed.ts). */
export const WAS_UNHEARD = sql<boolean>`(${IS_UNDECIDED} or exists (select from audit_log l
  where l.subject_type = 'refund' and l.subject_id = r.id
    and l.action in ('refund.promised', 'refund.promised-to-nobody')))`;
