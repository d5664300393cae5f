import { type Transaction as DbTransaction, type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { queueMessage } from "./queue-message.ts";
import { tellUntold } from "./tell-untold.ts";

type Sale = { orderId: string; fen: number; backFen: number };

/** What of some orders is a household's own by the ledger, and what refunds under way will take of it. */
async function readSales(
  trx: DbTransaction<DB>,
  householdId: string,
  orderIds: readonly string[],
): Promise<Sale[]> {
  const { rows } = await sql<Sale>`
    select l.order_id as "orderId", coalesce(sum(own.fen), 0)::bigint as fen,
      coalesce(sum(back.fen), 0)::bigint as "backFen"
    from order_lines l
    join parcels c on c.id = l.parcel_id and c.status <> 'cancelled'
    cross join lateral (
      select -sum(p.fen) as fen from postings p
      join relief_accounts r on r.ledger_account_id = p.account_id
        and r.household_id = ${householdId}
      where p.order_line_id = l.id
    ) own
    cross join lateral (
      select sum(part.fen) as fen from refunds asked
      join refund_parts part on part.refund_id = asked.id and part.order_line_id = l.id
      join relief_accounts r on r.id = part.relief_account_id and r.household_id = ${householdId}
      where asked.order_id = l.order_id and asked.status = 'requested'
    ) back
    where l.order_id = any(${[...orderIds]}::uuid[])
    group by l.order_id order by l.order_id`.execute(trx);
  return rows;
}

/** Which of its sales a household has not been told of; locked first, so that what is read after holds. */
async function lockUntold(trx: DbTransaction<DB>, householdId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select order_id as id from untold_sales where household_id = ${householdId}
    order by order_id for update`.execute(trx);
  return rows.map(({ id }) => id);
}

/** Told now, or nothing is left to tell of it; kept as told, should it be called off yet. */
async function spendNotes(
  trx: DbTransaction<DB>,
  householdId: string,
  of: { orderIds: readonly string[]; toldIds: readonly string[]; laterIds: readonly string[] },
): Promise<void> {
  await sql`
    insert into told_sales (household_id, order_id)
    select ${householdId}, unnest(${[...of.toldIds]}::uuid[]) on conflict do nothing`.execute(trx);
  await sql`
    delete from untold_sales where household_id = ${householdId}
      and order_id = any(${[...of.orderIds]}::uuid[])
      and order_id <> all(${[...of.laterIds]}::uuid[])`.execute(trx);
  // Behind all others, who have something to hear.
  await sql`
    update untold_sales set created_at = now() where household_id = ${householdId}
      and order_id = any(${[...of.laterIds]}::uuid[])`.execute(trx);
}

/**
 * Owes one household one message about all its sales that it has not been told of: how many orders
 * and what of them is its own in fen, by the ledger, less what refunds under way will take. Nothing
 * is told of what was called off or given back; of what is all asked back, nothing until it is known
 * whether that was given. What is told is no more to be told, whatever becomes of the message. Locks
 * its untold sales.
 */
async function tellHousehold(trx: DbTransaction<DB>, householdId: string): Promise<boolean> {
  const orderIds = await lockUntold(trx, householdId);
  const sales = await readSales(trx, householdId, orderIds);
  const left = sales.filter(({ fen, backFen }) => fen > backFen);
  const later = sales.filter(({ fen, backFen }) => fen > 0 && fen <= backFen);
  const idsOf = (of: readonly Sale[]) => of.map(({ orderId }) => orderId);
  await spendNotes(trx, householdId, { orderIds, toldIds: idsOf(left), laterIds: idsOf(later) });
  const first = left[0];
  if (!first) return false;
  const fen = left.reduce((sum, sale) => sum + sale.fen - sale.backFen, 0);
  const to = { householdId };
  const params = { count: left.length, fen };
  const key = `sale:${householdId}:${first.orderId}`;
  return (await queueMessage(trx, { to, template: "sale.bundle", params, key })).isNew;
}

/**
 * Tells households what they sold: five minutes after the first sale at the earliest, and never
 * more than one message an hour, counted from its sending; what is sold meanwhile waits for the
 * next. Each household in a transaction of its own; run again or twice at
 * once, it tells nothing twice. A message says no more than a number and a sum: no buyer's data.
 */
export async function tellSales(
  db: Kysely<DB>,
  now: Date = new Date(),
): Promise<{ ok: true; households: number }> {
  const told = { untold: "untold_sales", kind: ["sale.bundle"], tell: tellHousehold } as const;
  return tellUntold(db, told, now);
}
