import { setTimeout as sleep } from "node:timers/promises";
import { type Kysely, sql } from "kysely";
import { createDb, createPool } from "#db/client.ts";
import type { DB } from "#db/schema.d.ts";
import type { StartedMarket } from "../../start/start-market.ts";
import { mustBeNone } from "../must-be-none.ts";
import type { Acknowledged } from "./buyers.ts";

/** An order is whole or it is not there. */
const MUST_BE_NONE: Record<string, string> = {
  "orders without lines or parcels": `select count(*) from orders o
    where not exists (select from order_lines l where l.order_id = o.id)
      or not exists (select from parcels p where p.order_id = o.id)`,
  "orders whose lines are not their sum": `select count(*) from orders o
    where produce_fen <> (select sum(line_fen) from order_lines l where l.order_id = o.id)`,
  "lines without their goods": `select count(*) from order_lines l join orders o on o.id = l.order_id
    where o.status in ('pending-payment', 'paid') and l.quantity <> coalesce((
      select sum(quantity) from allocations a
      where a.order_line_id = l.id and a.state in ('held', 'sold')), 0)`,
  "lots that do not add up": `select count(*) from lots t where available + held + sold + taken_out <> quantity_in
    or held <> coalesce((select sum(quantity) from allocations a
      where a.lot_id = t.id and a.state = 'held'), 0)`,
  "payments that are in no book": `select count(*) from payments p where not exists (
    select from ledger_transactions t
    where t.idempotency_key in ('sale:' || p.order_id, 'suspense:' || p.id))`,
  "orders with two payments": `select count(*) from (
    select 1 from payments group by order_id having count(*) > 1) odd`,
  "transactions that do not sum to zero": `select count(*) from (
    select 1 from postings group by transaction_id having sum(fen) <> 0) odd`,
  "buyers with two orders": `select count(*) from (select 1 from orders
    where buyer_user_id is null and created_at > $1 group by visitor_id having count(*) > 1) odd`,
};
const PATIENCE_MS = 60_000;

/** Acknowledged payments whose order is not paid yet; webhooks and sweeps take their time. */
async function unpaid(db: Kysely<DB>, numbers: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ number: string }>`select number from orders
    where number = any(${[...numbers]}) and status = 'paid'`.execute(db);
  const paid = new Set(rows.map((row) => row.number));
  return numbers.filter((number) => !paid.has(number));
}

/** What was promised and is not there, and what is there by halves. */
export async function checkOrders(
  market: StartedMarket,
  said: Acknowledged,
  since: Date,
): Promise<string[]> {
  const db = createDb(createPool(market.databaseUrl, 2));
  const deviations: string[] = [];
  try {
    const giveUpAt = Date.now() + PATIENCE_MS;
    while ((await unpaid(db, said.paid)).length > 0 && Date.now() < giveUpAt) await sleep(250);
    for (const number of await unpaid(db, said.paid)) {
      deviations.push(`the payment of ${number} was acknowledged, and its order is not paid`);
    }
    const { rows } = await sql<{ id: string }>`select checkout_session_id as id from orders
      where checkout_session_id = any(${said.sessions})`.execute(db);
    const kept = new Set(rows.map((row) => row.id));
    for (const session of said.sessions) {
      if (!kept.has(session)) deviations.push(`the acknowledged order of ${session} is lost`);
    }
    deviations.push(...(await mustBeNone(db, MUST_BE_NONE, [since])));
  } finally {
    await db.destroy();
  }
  return deviations;
}
