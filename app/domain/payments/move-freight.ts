import { type Transaction as DbTransaction, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { recountParcelDays } from "../reports/recount-parcel-days.ts";

type Moved = { from: string; to: string; fen: number };

/**
 * Of parcels that are about to be called off, hands the freight over to another of the same
 * cooperative's parcels of the order that goes on, if there is one: what is sent in parts was carried
 * for one freight, and that goes back with the last of them. One that has left comes first: there it is
 * spent. No money moves here. Answers what was moved, for `moveFreightBack`. The caller holds the
 * order's row and its parcels'.
 */
export async function moveFreight(
  trx: DbTransaction<DB>,
  orderId: string,
  parcelIds: readonly string[],
): Promise<Moved[]> {
  const { rows } = await sql<Moved>`
    select p.id as "from", heir.id as "to", p.freight_fen as fen
    from parcels p cross join lateral (
      select s.id from parcels s
      where s.order_id = p.order_id and s.cooperative_id = p.cooperative_id
        and s.status <> 'cancelled' and s.id <> all(${[...parcelIds]}::uuid[])
      order by s.status in ('shipped', 'delivered') desc, s.part limit 1) heir
    where p.order_id = ${orderId} and p.id = any(${[...parcelIds]}::uuid[]) and p.carries_freight
    order by p.id`.execute(trx);
  for (const moved of rows) await hand(trx, moved);
  return rows;
}

/** Undoes `moveFreight`: the parcels were not called off. */
export async function moveFreightBack(
  trx: DbTransaction<DB>,
  moved: readonly Moved[],
): Promise<void> {
  for (const { from, to, fen } of moved) await hand(trx, { from: to, to: from, fen });
}

async function hand(trx: DbTransaction<DB>, { from, to, fen }: Moved): Promise<void> {
  await sql`update parcels set carries_freight = id = ${to},
      freight_fen = case when id = ${to} then ${fen}::bigint else 0 end
    where id in (${from}, ${to})`.execute(trx);
  await recountParcelDays(trx, [from, to]);
}
