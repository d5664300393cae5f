import { type Kysely, sql } from "kysely";
import { validate as isUuid } from "uuid";
import type { TransactionKind } from "#app/domain/ledger/post.ts";
import type { ParcelStatus } from "#app/domain/parcels/parcel-states.ts";
import type { RefundReason } from "#app/domain/payments/refund-reasons.ts";
import type { HouseholdScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { familyOf } from "../orders/line-family.ts";
import { notReplaced } from "../stock/not-replaced.ts";

/** What moved on the household's accounts for one line; what came in is positive, in fen. */
export type SlipEntry = {
  kind: TransactionKind;
  occurredAt: Date;
  fen: number;
  /** Why money went back; null of what is no refund. */
  reason: RefundReason | null;
  /** Its buyer took something else instead of what was missing of it. */
  isInstead: boolean;
};

const FAMILY = familyOf(sql`(select id from root)`);

/** The slip 小票 of one sale: of one order line, what this household provided of it. */
export type Slip = {
  orderNumber: string;
  soldAt: Date;
  titleZh: string;
  titleEn: string;
  unit: string;
  unitGrams: number;
  quantity: number;
  unitPriceFen: number;
  priceFen: number;
  /** What the cooperative kept of the price. */
  feeFen: number;
  /** What is the household's after all entries. */
  yoursFen: number;
  /** Of that, what refunds under way will take: it goes to the buyer, and is not paid out. */
  goingBackFen: number;
  /** Whether refunds have taken the whole fee of the line back from the cooperative as well. */
  isFeeBack: boolean;
  parcelStatus: ParcelStatus;
  /** Refunds and losses, oldest first; the sale itself is in the sums above. */
  changes: SlipEntry[];
};

type Found = Omit<Slip, "priceFen" | "feeFen" | "yoursFen" | "changes" | "soldAt"> & {
  entries: (Omit<SlipEntry, "occurredAt"> & { occurredAt: string })[];
};

/**
 * The slip of an order line as it was sold, in however many parcels it is sent, by the postings on
 * the household's own relief accounts, so that all
 * slips together are what the ledger has credited to it. Null when the line is unknown or nothing
 * of it was the household's. Locks nothing.
 */
export async function readSlip(
  db: Kysely<DB>,
  { householdId }: HouseholdScope,
  orderLineId: string,
): Promise<Slip | null> {
  if (!isUuid(orderLineId)) return null;
  const { rows } = await sql<Found>`
    with mine as materialized (
      select id, ledger_account_id from relief_accounts where household_id = ${householdId}
    ), root as (
      select coalesce(split_from_id, id) as id from order_lines where id = ${orderLineId}
    ), family(id) as materialized ${FAMILY}, entry as (
      select p.transaction_id, -sum(p.fen) as fen from postings p
      join mine on mine.ledger_account_id = p.account_id
      where p.order_line_id in (select id from family)
      group by p.transaction_id having sum(p.fen) <> 0
    ), entries as (
      select jsonb_agg(jsonb_build_object('kind', t.kind, 'occurredAt', t.occurred_at,
        'fen', entry.fen, 'reason', f.reason,
        'isInstead', t.idempotency_key like 'substituted:%') order by t.seq) as list
      from entry join ledger_transactions t on t.id = entry.transaction_id
      left join refunds f on t.cause_type = 'refund' and f.id = t.cause_id
    )
    select o.number as "orderNumber", l.title_zh as "titleZh", l.title_en as "titleEn", l.unit,
      l.unit_grams as "unitGrams", l.unit_price_fen as "unitPriceFen",
      parcel.status as "parcelStatus", (
        select coalesce(sum(part.quantity), 0) from allocations part
        join mine on mine.id = part.relief_account_id
        where part.order_line_id in (select id from family) and ${notReplaced("part")}) as quantity, (
        select coalesce(sum(part.fen), 0) from refund_parts part
        join refunds asked on asked.id = part.refund_id and asked.status = 'requested'
        join mine on mine.id = part.relief_account_id
        where part.order_line_id in (select id from family)) as "goingBackFen", (
        select coalesce(sum(p.fen), 0) = 0 from postings p
        join ledger_accounts a on a.id = p.account_id and a.code like 'coop-fee:%'
        where p.order_line_id in (select id from family)) as "isFeeBack",
      entries.list as entries
    from entries
    join order_lines l on l.id = (select id from root) and entries.list is not null
    join orders o on o.id = l.order_id
    join parcels parcel on parcel.id = l.parcel_id`.execute(db);
  const found = rows[0];
  if (!found) return null;
  const { entries: read, ...line } = found;
  const entries = read.map((entry) => ({ ...entry, occurredAt: new Date(entry.occurredAt) }));
  const first = entries[0];
  if (!first) throw new Error("a line with postings has entries");
  const sumOf = (some: SlipEntry[]) => some.reduce((sum, { fen }) => sum + fen, 0);
  const sold = entries.filter(({ kind }) => kind === "sale");
  const priceFen = line.quantity * line.unitPriceFen;
  return {
    ...line,
    soldAt: first.occurredAt,
    priceFen,
    feeFen: priceFen - sumOf(sold),
    yoursFen: sumOf(entries),
    changes: entries.filter(({ kind }) => kind !== "sale"),
  };
}
