import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import type { Fault } from "../claims/claim-rules.ts";
import type { ClaimState } from "../claims/claim-states.ts";
import type { CoopScope } from "../scopes.ts";
import type { Period } from "./period.ts";

/** Claims of one state and one fault: how many, what was asked for and what was given. */
export type ClaimRow = {
  state: ClaimState;
  /** Whose it was; null while nobody has said. */
  fault: Fault | null;
  claims: number;
  askedFen: number;
  /** What left the books for them, and did not come back; an offer that nobody took is none. */
  givenFen: number;
};

/** What was claimed of one crop. */
export type ClaimCrop = {
  code: string;
  nameZh: string;
  nameEn: string;
  claims: number;
  askedFen: number;
};

/**
 * The claims sent to the scope's cooperative in some days, as they stand now, by state and fault; and
 * what they were about, by crop, the one with the most first. They are few, so they are counted when
 * they are asked for. Locks nothing.
 */
export async function readClaimDays(
  db: Kysely<DB>,
  scope: CoopScope,
  period: Period,
): Promise<{ states: ClaimRow[]; crops: ClaimCrop[] }> {
  const which = sql`c.cooperative_id = ${scope.cooperativeId}
    and c.sent_at >= ${period.from}::date::timestamp at time zone 'Asia/Shanghai'
    and c.sent_at < (${period.until}::date + 1)::timestamp at time zone 'Asia/Shanghai'`;
  const [states, crops] = await Promise.all([
    sql<ClaimRow>`
      select c.state, c.fault, count(*)::bigint as claims, sum(c.asked_fen)::bigint as "askedFen",
        coalesce(sum(given.fen), 0)::bigint as "givenFen"
      from claims c cross join lateral (
        select -sum(p.fen) as fen from ledger_transactions t
        join postings p on p.transaction_id = t.id
        join ledger_accounts a on a.id = p.account_id and a.kind = 'asset'
        where t.cause_type = 'refund' and t.cause_id = c.refund_id
          and (t.kind = 'refund' or t.idempotency_key like 'refund-failed:%')) given
      where ${which} group by c.state, c.fault order by 3 desc, 1, 2`.execute(db),
    sql<ClaimCrop>`
      select crop.code, crop.name_zh as "nameZh", crop.name_en as "nameEn",
        count(distinct c.id)::bigint as claims, sum(part.asked_fen)::bigint as "askedFen"
      from claims c join claim_lines part on part.claim_id = c.id
      join order_lines line on line.id = part.order_line_id
      join listings listing on listing.id = line.listing_id
      join categories crop on crop.code = listing.category_code
      where ${which} group by crop.code order by 4 desc, 1`.execute(db),
  ]);
  return { states: states.rows, crops: crops.rows };
}
