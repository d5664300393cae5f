import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readLots } from "#tests/factories/look.ts";
import { makeAddress, makeShopper } from "#tests/factories/orders.ts";
import { makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { lockLots, waitUntilBlocked } from "#tests/setup/barrier.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { type PlacedOrder, placeOrder } from "./place-order.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** A pool of two lots, and the order of a buyer who wants both. */
async function makeWish() {
  const { db } = database;
  const household = await makeHousehold(db);
  const days = ["2026-11-01", "2026-11-02"];
  const lots = days.map((harvestedOn) => ({ household, quantity: 1, harvestedOn }));
  const listing = await makeListing(db, { lots });
  const buyer = await makeShopper(db, [{ listing, quantity: 2 }]);
  const address = await makeAddress(db);
  const place = () =>
    placeOrder(db, buyer, {
      ...{ idempotencyKey: uuidv7(), address, locale: "zh", expectedTotalFen: 6_780, shown: null },
    });
  const heldOnce = async () =>
    expect(await readLots(db, listing.lotIds)).toEqual(
      listing.lotIds.map(() => ({ available: 0, held: 1, sold: 0 })),
    );
  return { lotIds: listing.lotIds.toSorted(), place, heldOnce };
}

test("a buyer who has to give way in a deadlock gets her order all the same", async () => {
  const { db } = database;
  const { lotIds, place, heldOnce } = await makeWish();
  const [first, second] = lotIds as [string, string];
  let placed: Promise<PlacedOrder> | undefined;
  await db.transaction().execute(async (trx) => {
    // Somebody who takes the lots the wrong way round, and is patient: PostgreSQL picks the buyer.
    await sql`set local deadlock_timeout = '1min'`.execute(trx);
    await lockLots([second]).execute(trx);
    placed = place();
    placed.catch(() => {});
    await waitUntilBlocked(db, 1);
    await lockLots([first]).execute(trx);
  });
  expect(await placed).toMatchObject({ ok: true, isNew: true });
  await heldOnce();
});

test("an order that the database asks to be tried again is", async () => {
  const { db } = database;
  const { place, heldOnce } = await makeWish();
  await sql`create sequence refused_orders`.execute(db);
  await sql`grant usage on sequence refused_orders to public`.execute(db);
  await sql`create function refuse_twice() returns trigger language plpgsql as $$ begin
    if nextval('refused_orders') <= 2 then
      raise exception 'could not serialize access' using errcode = '40001';
    end if;
    return new;
  end $$`.execute(db);
  await sql`create trigger refuse_twice before insert on orders
    for each row execute function refuse_twice()`.execute(db);
  expect(await place()).toMatchObject({ ok: true, isNew: true });
  await heldOnce();
});
