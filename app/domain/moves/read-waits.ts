import { type Kysely, sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { hereStatuses } from "../parcels/parcel-states.ts";

/** What stands in the way of a move that was agreed to. */
export type MoveWaits = {
  /** Parcels with goods of hers that are not shipped, and orders that a buyer is paying for. */
  parcels: number;
  paying: number;
  /** She stands in a payout run that is not approved yet. */
  isInRun: boolean;
};

export const waitsForNothing = ({ parcels, paying, isInRun }: MoveWaits) =>
  parcels === 0 && paying === 0 && !isInRun;

/**
 * What stands in the way of a household's move. Locks nothing: whoever must know holds her lots and her
 * cooperative's payouts.
 */
export async function readWaits(
  db: Kysely<DB> | Transaction<DB>,
  householdId: string,
): Promise<MoveWaits> {
  const { rows } = await sql<MoveWaits>`
    select count(distinct p.id) filter (where a.state = 'sold' and p.status = any(${[...hereStatuses]}))::int
        as parcels,
      count(distinct l.order_id) filter (where a.state = 'held')::int as paying,
      exists (select from payouts o where o.household_id = ${householdId}
        and o.status = 'prepared') as "isInRun"
    from lots t
    join allocations a on a.lot_id = t.id and a.state in ('held', 'sold')
    join order_lines l on l.id = a.order_line_id
    left join parcels p on p.id = l.parcel_id
    where t.household_id = ${householdId}`.execute(db);
  return rows[0] ?? { parcels: 0, paying: 0, isInRun: false };
}
