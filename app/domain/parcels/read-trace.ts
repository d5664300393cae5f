import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { readSealOver, type Seal } from "../ledger/read-seals.ts";
import { paidOrderStatuses } from "./paid-orders.ts";

/** What one household put in: of the household its alias and village alone. */
export type TracedLot = {
  aliasZh: string;
  aliasEn: string;
  /** The address of its page. */
  pageName: string;
  villageZh: string;
  villageEn: string;
  harvestedOn: string;
  quantity: number;
};

export type TracedLine = {
  titleZh: string;
  titleEn: string;
  grade: string;
  unit: string;
  lots: TracedLot[];
};

/** The steps of a parcel that anybody may know who holds it. */
export const TRACED_STEPS = ["packed", "shipped", "delivered"] as const;

export type Trace = {
  cooperative: { slug: string; nameZh: string; nameEn: string };
  /** Called off: nothing of it was sent. */
  isCalledOff: boolean;
  /** Oldest first; `occurredAt` is an ISO instant. */
  events: { kind: (typeof TRACED_STEPS)[number]; occurredAt: string }[];
  lines: TracedLine[];
  /** Of the sale's transaction, or of the last that replaced something of it; null until it is sealed. */
  seal: Pick<Seal, "seq" | "sealedAt" | "chainedRoot"> | null;
};

const CODE = /^[A-Za-z0-9_-]{22}$/;

/** What is short, or was replaced, is not in it. Goods taken again after a late payment leave their first, released allocations behind. */
const LOTS = sql`(
  select coalesce(jsonb_agg(jsonb_build_object('aliasZh', h.alias_zh, 'aliasEn', h.alias_en,
    'pageName', h.page_name, 'villageZh', h.village_zh, 'villageEn', h.village_en,
    'harvestedOn', t.harvested_on, 'quantity', a.quantity - a.short_units) order by t.harvested_on, a.id), '[]')
  from allocations a
  join lots t on t.id = a.lot_id
  join households h on h.id = t.household_id
  where a.order_line_id = l.id and a.state in ('sold', 'returned') and a.quantity > a.short_units)`;

const LINES = sql`(
  select coalesce(jsonb_agg(jsonb_build_object('titleZh', l.title_zh, 'titleEn', l.title_en,
    'grade', l.grade, 'unit', l.unit, 'lots', ${LOTS}) order by l.id), '[]')
  from order_lines l where l.parcel_id = p.id)`;

const EVENTS = sql`(
  select coalesce(jsonb_agg(jsonb_build_object('kind', e.kind, 'occurredAt', e.occurred_at)
    order by e.occurred_at, e.id), '[]')
  from parcel_events e where e.parcel_id = p.id and e.kind = any(${[...TRACED_STEPS]}))`;

/**
 * What the code on a parcel tells to whoever holds it: what grew where, by whose alias, when it was
 * picked and sent, and the seal over its sale. No name, no address, no price, no order: a parcel may
 * be a present. Null for a code that is unknown or is none, and for a parcel of an order not paid.
 * Two round trips, locks nothing.
 */
export async function readTrace(db: Kysely<DB>, code: string): Promise<Trace | null> {
  if (!CODE.test(code)) return null;
  const { rows } = await sql<Omit<Trace, "seal"> & { saleSeq: number | null }>`
    select jsonb_build_object('slug', c.slug, 'nameZh', c.name_zh, 'nameEn', c.name_en) as cooperative,
      p.status = 'cancelled' as "isCalledOff", ${EVENTS} as events, ${LINES} as lines,
      (select max(seq) from ledger_transactions where idempotency_key = any(array(
        select 'sale:' || o.id union all select 'substitute:' || l.substitution_id from order_lines l
        where l.parcel_id = p.id and l.substitution_id is not null))) as "saleSeq"
    from parcels p
    join orders o on o.id = p.order_id
    join cooperatives c on c.id = p.cooperative_id
    where p.trace_code = ${code} and o.paid_at is not null
      and o.status = any(${[...paidOrderStatuses]})`.execute(db);
  const [found] = rows;
  if (!found) return null;
  const { saleSeq, lines, ...rest } = found;
  const trace = { ...rest, lines: lines.filter(({ lots }) => lots.length > 0) };
  const over = saleSeq === null ? null : await readSealOver(db, saleSeq);
  const seal = over && {
    ...{ seq: over.seq, sealedAt: over.sealedAt, chainedRoot: over.chainedRoot },
  };
  return { ...trace, seal };
}
