import { type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createDb, createPool } from "#db/client.ts";
import type { DB } from "#db/schema.d.ts";
import { makeAddress, makeShopper } from "#tests/factories/orders.ts";
import { makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { placeOrder } from "./place-order.ts";
import { planOrder } from "./plan-order.ts";
import { readBasket } from "./read-basket.ts";

const OTHERS = 3_000;
const TABLES = ["listings", "lots"];

let database: TestDatabase;
/** One connection, so that what it counts is what the order read. */
let own: Kysely<DB>;
beforeAll(async () => {
  database = await createTestDatabase();
  own = createDb(createPool(database.url, 1));
});
afterAll(async () => {
  await own.destroy();
  await database.drop();
});

/** Copies of a listing and its lots. */
async function fillMarket(): Promise<void> {
  const household = await makeHousehold(database.db);
  const { id } = await makeListing(database.db, { lots: [{ household, quantity: 10 }] });
  await sql`
    with copies as (
      insert into listings
      select made.* from listings l cross join generate_series(1, ${OTHERS}) n
      cross join lateral jsonb_populate_record(null::listings,
        to_jsonb(l) || jsonb_build_object('id', uuidv7(), 'client_key', 'copy-' || n)) made
      where l.id = ${id} returning id
    )
    insert into lots select made.* from lots t cross join copies
      cross join lateral jsonb_populate_record(null::lots,
        to_jsonb(t) || jsonb_build_object('id', uuidv7(), 'listing_id', copies.id)) made
      where t.listing_id = ${id}`.execute(database.db);
}

async function rowsRead(): Promise<number> {
  await sql`select pg_stat_force_next_flush()`.execute(own);
  const { rows } = await sql<{ read: number }>`
    select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::bigint as read
    from pg_stat_user_tables where relname = any(${TABLES})`.execute(own);
  return rows[0]?.read ?? 0;
}

/** Two boxes, one each of two listings that are the market's newest. */
async function orderTwo(db: Kysely<DB>) {
  const address = await makeAddress(database.db);
  const household = await makeHousehold(database.db);
  const items = [];
  for (let made = 0; made < 2; made++) {
    const listing = await makeListing(database.db, { lots: [{ household, quantity: 10 }] });
    items.push({ listing, quantity: 1 });
  }
  const buyer = await makeShopper(database.db, items);
  const asked = { regionCode: address.regionCode, orderKey: null };
  const basket = await readBasket(database.db, buyer, asked);
  const expectedTotalFen = planOrder(basket.items, address.regionCode).totalFen ?? 0;
  return () =>
    placeOrder(db, buyer, {
      ...{ idempotencyKey: uuidv7(), address, locale: "zh", shown: null, expectedTotalFen },
    });
}

test("an order reads the rows that it is of, however many others the market has", async () => {
  // What was sold so far is old, and what is ordered now is new: as it always is.
  for (let earlier = 0; earlier < 60; earlier++) {
    const place = await orderTwo(database.db);
    expect(await place()).toMatchObject({ ok: true });
  }
  await fillMarket();
  const place = await orderTwo(own);
  await sql`analyze`.execute(database.db);
  const before = await rowsRead();
  expect(await place()).toMatchObject({ ok: true, isNew: true });
  const read = (await rowsRead()) - before;
  expect(read).toBeGreaterThan(10);
  expect(read).toBeLessThan(60);
});
