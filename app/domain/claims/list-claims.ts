import { type Kysely, type RawBuilder, sql } from "kysely";
import { validate as isUuid } from "uuid";
import type { DB } from "#db/schema.d.ts";
import { isOrderNumber } from "../orders/order-number.ts";
import { ownsOrder } from "../orders/read-basket.ts";
import type { BuyerScope, CoopScope, OperatorScope } from "../scopes.ts";
import type { ClaimState } from "./claim-states.ts";

export type ListedClaim = {
  id: string;
  state: ClaimState;
  orderNumber: string;
  parcelId: string;
  nameZh: string;
  nameEn: string;
  titleZh: string;
  titleEn: string;
  /** Of how many lines; the title is the first one's. */
  lineCount: number;
  /** Of the lines, those that are in no other claim until this one is over. */
  openLineIds: string[];
  askedFen: number;
  grantedFen: number | null;
  sentAt: Date;
  dueAt: Date | null;
};

const COLUMNS = sql`c.id, c.state, orders.number as "orderNumber", c.parcel_id as "parcelId",
  coop.name_zh as "nameZh", coop.name_en as "nameEn", line.title_zh as "titleZh",
  line.title_en as "titleEn", line.count as "lineCount",
  array(select x.order_line_id::text from claim_lines x where x.claim_id = c.id and x.is_open)
    as "openLineIds", c.asked_fen as "askedFen",
  c.granted_fen as "grantedFen", c.sent_at as "sentAt", c.due_at as "dueAt"`;

const list = (which: RawBuilder<unknown>) => sql<ListedClaim>`
  select ${COLUMNS} from claims c join orders on orders.id = c.order_id
  join cooperatives coop on coop.id = c.cooperative_id
  cross join lateral (select l.title_zh, l.title_en, (count(*) over ())::int as count
    from claim_lines x join order_lines l on l.id = x.order_line_id
    where x.claim_id = c.id order by l.id limit 1) line
  ${which}`;

/** Claims of the buyer's order, oldest first. Another buyer's number brings none. Locks nothing. */
export async function listOrderClaims(
  db: Kysely<DB>,
  buyer: BuyerScope,
  number: string,
): Promise<ListedClaim[]> {
  if (!isOrderNumber(number)) return [];
  const { rows } = await list(
    sql`where orders.number = ${number} and ${ownsOrder(buyer)} order by c.id`,
  ).execute(db);
  return rows;
}

/**
 * Claims of the cooperative's parcels: those that wait for it, the one whose day comes first before all;
 * or the others, newest first, from `before` (a claim's id) on. Locks nothing.
 */
export async function listCoopClaims(
  db: Kysely<DB>,
  scope: CoopScope,
  { waiting, before, limit }: { waiting: boolean; before?: string | null; limit: number },
): Promise<ListedClaim[]> {
  const mine = sql`where c.cooperative_id = ${scope.cooperativeId}`;
  const from = isUuid(before ?? "") ? sql`and c.id < ${before}::uuid` : sql``;
  const { rows } = await list(
    waiting
      ? sql`${mine} and c.state = 'waiting' order by c.due_at, c.id limit ${limit}`
      : sql`${mine} and c.state <> 'waiting' ${from} order by c.id desc limit ${limit}`,
  ).execute(db);
  return rows;
}

/** How many claims wait for the cooperative's answer. Locks nothing. */
export async function countWaitingClaims(db: Kysely<DB>, scope: CoopScope): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from claims
    where cooperative_id = ${scope.cooperativeId} and state = 'waiting'`.execute(db);
  return rows[0]?.count ?? 0;
}

/** Claims that wait for the operator, oldest first, and how many there are. Locks nothing. */
export async function listEscalatedClaims(
  db: Kysely<DB>,
  _operator: OperatorScope,
  { limit }: { limit: number },
): Promise<{ count: number; rows: ListedClaim[] }> {
  const { rows } = await list(
    sql`where c.state = 'escalated' order by c.id limit ${limit}`,
  ).execute(db);
  const { rows: counted } = await sql<{ count: number }>`
    select count(*)::int as count from claims where state = 'escalated'`.execute(db);
  return { count: counted[0]?.count ?? 0, rows };
}
