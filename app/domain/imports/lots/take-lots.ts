import { type Kysely, sql, type Transaction } from "kysely";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import type { Verdict } from "../faults.ts";
import { type NotedChange, noteAll } from "../note-all.ts";
import type { ImportRow } from "../understand.ts";
import { type LotPlan, planLots } from "./plan-lots.ts";
import { readStock } from "./read-stock.ts";

type Rows = readonly ImportRow<"lots">[];

/** What would become of the lines now (plan-lots.ts). Locks nothing. */
export async function judgeLots(
  db: Kysely<DB>,
  scope: CoopScope,
  rows: Rows,
  now: Date,
): Promise<Verdict[]> {
  return planLots(await readStock(db, scope, rows), rows, now).verdicts;
}

/**
 * Brings more of households' own listings on sale, line by line as restock-listing.ts does, in as
 * many statements for ten thousand lines as for one. The same line again brings nothing. Locks the
 * listings in id order, then all their lots in id order: orders of them wait until it commits.
 */
export async function takeLots(
  trx: Transaction<DB>,
  scope: CoopScope,
  rows: Rows,
  now: Date,
): Promise<Verdict[]> {
  const ids = [...new Set(rows.flatMap(({ value }) => value?.listing ?? []))];
  await sql`select from listings where id = any(${ids}::uuid[])
    and cooperative_id = ${scope.cooperativeId} order by id for no key update`.execute(trx);
  const plan = planLots(await readStock(trx, scope, rows, { lock: true }), rows, now);
  await write(trx, scope, plan);
  return plan.verdicts;
}

async function write(trx: Transaction<DB>, scope: CoopScope, plan: LotPlan): Promise<void> {
  const { moves, newLots } = plan;
  if (moves.length === 0) return;
  const fresh = new Set(newLots.map(({ id }) => id));
  const known = moves.filter(({ lotId }) => !fresh.has(lotId));
  await sql`
    update lots set quantity_in = quantity_in + m.quantity, available = available + m.quantity
    from (select "lotId" as id, sum(quantity)::int as quantity
      from jsonb_to_recordset(${JSON.stringify(known)}) as r ("lotId" uuid, quantity int)
      group by 1) m
    where lots.id = m.id`.execute(trx);
  await sql`
    insert into lots (id, listing_id, household_id, relief_account_id, harvested_on, quantity_in, available)
    select id, "listingId", "householdId", "reliefAccountId", "harvestedOn", quantity, quantity
    from jsonb_to_recordset(${JSON.stringify(newLots)}) as r (id uuid, "listingId" uuid,
      "householdId" uuid, "reliefAccountId" uuid, "harvestedOn" date, quantity int)`.execute(trx);
  const harvests = moves.filter(({ harvestBefore }) => harvestBefore !== null);
  await sql`
    update listings set harvested_on = r."harvestedOn", version = version + 1, updated_at = now()
    from jsonb_to_recordset(${JSON.stringify(harvests)}) as r ("listingId" uuid, "harvestedOn" date)
    where listings.id = r."listingId"`.execute(trx);
  await noteAll(trx, scope, moves.flatMap(changesOf));
}

function changesOf(move: LotPlan["moves"][number]): NotedChange[] {
  const { listingId, householdId, lotId, quantity, clientKey, harvestBefore, harvestedOn } = move;
  const of = { listingId, householdId };
  const restock = { what: "restock", before: String(move.before), after: String(move.after) };
  const harvest = { what: "harvestedOn", before: harvestBefore ?? "", after: harvestedOn };
  return [
    ...(harvestBefore === null ? [] : [{ ...of, ...harvest }]),
    { ...of, ...restock, lotId, quantity, clientKey },
  ];
}
