import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { readLeft } from "../payments/read-left.ts";
import { isOwed } from "../payments/take-owed.ts";

/** What one lot provides of a line; `fen` is what its household gets for it. */
export type BoxPart = {
  id: string;
  units: number;
  fen: number;
  account: string;
  reliefAccountId: string;
};

/** A line of a parcel in hand, as it can be parted. */
export type InBox = {
  id: string;
  /** Sale units that are still to be sent. */
  toSend: number;
  unitGrams: number;
  unitPriceFen: number;
  feeFen: number;
  feeAccount: string;
  isWeighed: boolean;
  /** Nothing of its money has gone back, nor will. */
  isWhole: boolean;
  /** The lots harvested last come first. */
  parts: BoxPart[];
};

type Row = Omit<InBox, "isWhole">;

/**
 * The lines of a parcel with what their lots provide, and whether their money is all there: what each
 * account has left of a line is what the line gives it. Locks nothing; the caller holds the order's row.
 */
export async function readBox(
  trx: Transaction<DB>,
  { orderId, parcelId }: { orderId: string; parcelId: string },
): Promise<InBox[]> {
  const { rows } = await sql<Row>`
    select l.id, l.unit_grams as "unitGrams", l.unit_price_fen as "unitPriceFen",
      l.fee_fen as "feeFen", 'coop-fee:' || c.slug as "feeAccount",
      sum(a.quantity - a.short_units)::int as "toSend",
      exists (select from line_weights w where w.order_line_id = l.id) as "isWeighed",
      jsonb_agg(jsonb_build_object('id', a.id, 'units', a.quantity, 'fen', a.fen,
        'account', 'relief:' || r.code, 'reliefAccountId', r.id)
        order by t.harvested_on desc, t.id desc) as parts
    from order_lines l join cooperatives c on c.id = l.cooperative_id
    join allocations a on a.order_line_id = l.id and a.state = 'sold'
    join lots t on t.id = a.lot_id
    join relief_accounts r on r.id = a.relief_account_id
    where l.parcel_id = ${parcelId}
    group by l.id, c.slug order by l.id`.execute(trx);
  const left = await readLeft(trx, orderId, parcelId);
  return rows.map((line) => {
    const there = left.filter(({ orderLineId }) => orderLineId === line.id);
    const due = new Map([[line.feeAccount, line.feeFen]]);
    for (const { account, fen } of line.parts) due.set(account, (due.get(account) ?? 0) + fen);
    for (const part of there) due.set(part.account, (due.get(part.account) ?? 0) - part.fen);
    const isWhole = !there.some(isOwed) && [...due.values()].every((fen) => fen === 0);
    return { ...line, isWhole };
  });
}
