import { sql } from "kysely";

/**
 * SQL: what refunds under way (asked for, not refused for good, not posted yet) will take from
 * relief accounts, in fen (relief_account_id, fen). The ledger holds it still, and it is the
 * buyers': nobody is paid with it.
 */
export const GOING_BACK = sql<{ relief_account_id: string; fen: number }>`(
  select part.relief_account_id, sum(part.fen)::bigint as fen
  from refunds asked join refund_parts part on part.refund_id = asked.id
  where asked.status = 'requested' and part.relief_account_id is not null group by 1)`;
