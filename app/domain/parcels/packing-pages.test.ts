import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makePaidOrder } from "#tests/factories/paid-orders.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { coopScope } from "#tests/factories/scopes.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { rowsTouched } from "#tests/setup/rows-touched.ts";
import { countParcels } from "./count-parcels.ts";
import { listParcels } from "./list-parcels.ts";

const OPEN = 30;
const DONE = 20_000;
const TABLES = ["parcels", "orders", "order_lines", "allocations"] as const;
let market: TestDatabase;
let scope: ReturnType<typeof coopScope>;

/** As many orders like one that was made, each of one parcel, in some other state. */
async function copyOrder(orderId: string, count: number, to: { order: string; parcel: string }) {
  await market.db.transaction().execute(async (trx) => {
    await sql`set local session_replication_role = replica`.execute(trx);
    await sql`
      with copies as materialized (
        select n, gen_random_uuid() as order_id, gen_random_uuid() as parcel_id,
          gen_random_uuid() as line_id from generate_series(1, ${count}::int) n
      ), made_orders as (
        insert into orders select made.* from orders o cross join copies c
        cross join lateral jsonb_populate_record(o, jsonb_build_object('id', c.order_id,
          'number', 'TJ20261121' || lpad(nextval('order_numbers')::text, 6, '0'),
          'idempotency_key', c.order_id,
          'status', ${to.order}::text)) made where o.id = ${orderId}
      ), made_parcels as (
        insert into parcels select made.* from parcels p cross join copies c
        cross join lateral jsonb_populate_record(p, jsonb_build_object('id', c.parcel_id,
          'order_id', c.order_id, 'status', ${to.parcel}::text, 'carrier', 'sf',
          'tracking_number', 'SF1234567', 'trace_code', translate(c.parcel_id::text, '-', '')::char(22))) made where p.order_id = ${orderId}
      ), made_lines as (
        insert into order_lines select made.* from order_lines l cross join copies c
        cross join lateral jsonb_populate_record(l, jsonb_build_object('id', c.line_id,
          'order_id', c.order_id, 'parcel_id', c.parcel_id)) made where l.order_id = ${orderId}
      )
      insert into allocations select made.* from allocations a
      join order_lines l on l.id = a.order_line_id and l.order_id = ${orderId} cross join copies c
      cross join lateral jsonb_populate_record(a, jsonb_build_object('id', gen_random_uuid(),
        'order_line_id', c.line_id)) made`.execute(trx);
  });
}

beforeAll(async () => {
  market = await createTestDatabase();
  const cooperative = await makeCooperative(market.db);
  scope = coopScope({ userId: "manager", cooperativeId: cooperative.id });
  const home = await makeHousehold(market.db, { cooperative });
  const { id } = await makePaidOrder(market.db, [[home]]);
  await copyOrder(id, OPEN - 1, { order: "paid", parcel: "waiting" });
  await copyOrder(id, OPEN, { order: "shipped", parcel: "shipped" });
  await copyOrder(id, DONE, { order: "completed", parcel: "delivered" });
  await sql`vacuum analyze orders, parcels, order_lines, allocations`.execute(market.db);
}, 120_000);
afterAll(() => market.drop());

test("counting what is to be done reads nothing of what is done", async () => {
  const counted = { waiting: OPEN, accepted: 0, packed: 0, shipped: OPEN };
  expect(await countParcels(market.db, scope)).toEqual(counted);
  const touched = await rowsTouched(market.url, TABLES, (db) => countParcels(db, scope));
  expect(touched).toBeLessThanOrEqual(4 * OPEN);
});

test.each(["waiting", "shipped", "delivered"] as const)(
  "a page of %s parcels reads no more than it shows, however many there were",
  async (status) => {
    const perPage = 10;
    const touched = await rowsTouched(market.url, TABLES, (db) =>
      listParcels(db, scope, { status, perPage }),
    );
    // Of each its order, its line and what that is of; once more to read the lines.
    expect(touched).toBeLessThanOrEqual(2 * perPage + 3 * perPage + 2 * OPEN);
  },
);

test("what is done is shown newest first, and then what came before that", async () => {
  const page = { status: "delivered", perPage: 3 } as const;
  const [all, first] = [
    await listParcels(market.db, scope, { ...page, perPage: 6 }),
    await listParcels(market.db, scope, page),
  ];
  const before = first.at(-1)?.id ?? "";
  const second = await listParcels(market.db, scope, { ...page, before });
  expect([...first, ...second].map(({ id }) => id)).toEqual(all.map(({ id }) => id));
  expect(await listParcels(market.db, scope, { ...page, before: "nothing" })).toEqual(first);
});
