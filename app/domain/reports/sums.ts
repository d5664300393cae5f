import { type RawBuilder, sql } from "kysely";
import type { CoopScope } from "../scopes.ts";
import { factsOf } from "./ledger-facts.ts";
import type { Period } from "./period.ts";

/**
 * The sums of the scope's cooperative over some days, for a from clause: what is kept, and what was
 * posted since. Both are of one moment, so a report is the ledger to the fen, however far the job is.
 */
export function sumsIn({ cooperativeId }: CoopScope, { from, until }: Period): RawBuilder<unknown> {
  const through = sql`(select through_seq from report_progress)`;
  const columns = sql`day, part, kind, category_code, household_id, fen, grams, orders`;
  const which = sql`cooperative_id = ${cooperativeId} and day between ${from}::date and ${until}::date`;
  return sql`(
    select ${columns} from report_sums where ${which}
    union all
    select ${columns} from ${factsOf(through, sql`9223372036854775807`)} tail where ${which})`;
}

/** What buyers paid, by the order. */
export const SOLD = sql`kind = 'sale'`;
/** Neither sold nor paid to anybody's bank: given back, lost, booked the other way. */
export const BACK = sql`kind not in ('sale', 'payout', 'payout-bounce')`;
