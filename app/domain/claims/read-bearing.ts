import { type Kysely, sql } from "kysely";
import { validate as isUuid } from "uuid";
import type { DB } from "#db/schema.d.ts";
import { balanceOf } from "../ledger/account-sums.ts";
import { planRefund } from "../payments/plan-refund.ts";
import { readLeft, readRefundable } from "../payments/read-left.ts";
import type { CoopScope, OperatorScope } from "../scopes.ts";
import { isOfSide } from "./lock-claim.ts";
import { splitClaim } from "./split-claim.ts";

/** Who would bear what of a claim, if all that can be given of it were given, in whole fen. */
export type Bearing = {
  /** What the refund would take from households; where the fault is not the farm's, the cooperative gives it back. */
  householdsFen: number;
  /** Of it what their accounts do not hold now. */
  lackingFen: number;
  /** What the refund would take from the fee, whosever the fault is. */
  feeFen: number;
  /** What the cooperative's reserve holds now. */
  reserveFen: number;
  /** What this claim has drawn of it; null while nothing was. */
  drawnFen: number | null;
};

type Found = {
  orderId: string;
  parcelId: string;
  reserveFen: number;
  drawnFen: number | null;
  lines: { orderLineId: string; askedFen: number }[];
};

/**
 * Who would bear what of a claim of the side's, as the accounts stand now: for those who decide it, never for its
 * buyer. Null when there is none, or it is another's. Locks nothing.
 */
export async function readBearing(
  db: Kysely<DB>,
  side: { coop: CoopScope } | { operator: OperatorScope },
  claimId: string,
): Promise<Bearing | null> {
  if (!isUuid(claimId)) return null;
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql<Found>`
      select c.order_id as "orderId", c.parcel_id as "parcelId", coalesce((
          select m.before_fen + m.fen from reserve_moves m
          where m.cooperative_id = c.cooperative_id order by m.number desc limit 1), 0) as "reserveFen",
        (select -m.fen from reserve_moves m where m.claim_id = c.id) as "drawnFen", (
          select jsonb_agg(jsonb_build_object('orderLineId', l.order_line_id, 'askedFen', l.asked_fen)
            order by l.order_line_id) from claim_lines l where l.claim_id = c.id) as lines
      from claims c join orders on orders.id = c.order_id
      where c.id = ${claimId} and ${isOfSide(side)}`.execute(trx);
    const [found] = rows;
    if (!found) return null;
    const { orderId, parcelId, reserveFen, drawnFen } = found;
    const left = await readLeft(trx, orderId, parcelId);
    const lines = found.lines.flatMap(({ orderLineId, askedFen }) => {
      const there = left.filter((part) => part.orderLineId === orderLineId);
      const fen = Math.min(
        askedFen,
        there.reduce((sum, part) => sum + part.fen, 0),
      );
      return fen > 0 ? [{ orderLineId, askedFen: fen }] : [];
    });
    const most = await readRefundable(trx, orderId);
    const fen = Math.min(
      most,
      lines.reduce((sum, line) => sum + line.askedFen, 0),
    );
    const none = { householdsFen: 0, lackingFen: 0, feeFen: 0, reserveFen, drawnFen };
    if (fen === 0) return none;
    const plan = planRefund(
      left,
      { kind: "items", items: splitClaim(fen, lines), freightFen: 0 },
      most,
    );
    if (!plan.ok) return none;
    const takes = new Map<string, number>();
    for (const part of plan.parts) {
      if (part.reliefAccountId) {
        takes.set(part.reliefAccountId, (takes.get(part.reliefAccountId) ?? 0) + part.fen);
      }
    }
    const { rows: homes } = await sql<{ id: string; fen: number }>`
      select r.id, -${balanceOf(sql`r.ledger_account_id`)} as fen from relief_accounts r
      where r.id = any(${[...takes.keys()]}::uuid[])`.execute(trx);
    const holds = new Map(homes.map((home) => [home.id, Math.max(0, home.fen)]));
    const householdsFen = [...takes.values()].reduce((sum, part) => sum + part, 0);
    const lackingFen = [...takes].reduce(
      (sum, [id, part]) => sum + Math.max(0, part - (holds.get(id) ?? 0)),
      0,
    );
    const fees = plan.parts.filter(({ account }) => account.startsWith("coop-fee:"));
    const feeFen = fees.reduce((sum, part) => sum + part.fen, 0);
    return { householdsFen, lackingFen, feeFen, reserveFen, drawnFen };
  });
}
