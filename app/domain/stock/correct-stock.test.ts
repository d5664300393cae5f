import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { coopScope } from "#tests/factories/scopes.ts";
import { lockLots, raceBehind } from "#tests/setup/barrier.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { correctStock, type StockReason } from "./correct-stock.ts";
import { findLots, readLot } from "./read-lots.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** A lot of ten, of which three are held and two are sold. */
async function makeLot() {
  const { db } = database;
  const household = await makeHousehold(db);
  const listing = await makeListing(db, { lots: [{ household, quantity: 10 }] });
  const lotId = listing.lotIds[0] ?? "";
  await sql`update lots set available = 5, held = 3, sold = 2 where id = ${lotId}`.execute(db);
  const scope = coopScope({ userId: uuidv7(), cooperativeId: household.cooperativeId });
  return { scope, lotId, listing, household };
}
type Made = Awaited<ReturnType<typeof makeLot>>;

const take = (
  { scope, lotId }: Made,
  quantity: number,
  { reason = "spoiled", clientKey = uuidv7() }: { reason?: StockReason; clientKey?: string } = {},
) => correctStock(database.db, scope, { lotId, quantity, reason, clientKey });

const lotOf = async ({ scope, lotId }: Made) => {
  const found = await readLot(database.db, scope, lotId);
  if (!found) throw new Error("the lot is gone");
  const { available, held, sold, takenOut, quantityIn } = found.lot;
  const movements = found.movements.map((row) => `${row.what} ${row.quantity} ${row.reason}`);
  return { available, held, sold, takenOut, quantityIn, movements };
};

describe("goods that are not there any more", () => {
  test("leave what is on sale with a reason, and what was brought in stays to be read", async () => {
    const lot = await makeLot();
    expect(await take(lot, 2)).toEqual({ ok: true, available: 3, isNew: true });
    expect(await take(lot, 3, { reason: "gone" })).toMatchObject({ available: 0 });
    expect(await lotOf(lot)).toEqual({
      ...{ available: 0, held: 3, sold: 2, takenOut: 5, quantityIn: 10 },
      movements: ["sell-out 3 gone", "sell-out 2 spoiled"],
    });
    const { rows: acts } = await sql`select before, after from audit_log
      where action = 'stock.corrected' and subject_id = ${lot.lotId} order by id`.execute(
      database.db,
    );
    expect(acts[0]).toEqual({
      before: { available: 5 },
      after: { available: 3, reason: "spoiled" },
    });
    const { rows: untold } = await sql`select household_id as id from untold_changes
      where listing_id = ${lot.listing.id}`.execute(database.db);
    expect(untold).toEqual([{ id: lot.household.id }]);
  });

  test("are never those that buyers hold or bought", async () => {
    const lot = await makeLot();
    expect(await take(lot, 6)).toEqual({ ok: false, reason: "not-so-many", available: 5 });
    for (const quantity of [0, -1, 1.5]) {
      expect(await take(lot, quantity)).toEqual({ ok: false, reason: "quantity-invalid" });
    }
    expect(await lotOf(lot)).toMatchObject({ available: 5, takenOut: 0, movements: [] });
  });

  test("are taken once when the form is sent twice at once, and no more than there are by two", async () => {
    const lot = await makeLot();
    const clientKey = uuidv7();
    const { db } = database;
    const twice = [() => take(lot, 2, { clientKey }), () => take(lot, 2, { clientKey })];
    const same = await raceBehind(db, lockLots([lot.lotId]), 2, twice);
    const before = { ok: false, reason: "taken-before" };
    expect(await take(lot, 1, { clientKey })).toEqual(before);
    expect(await take(lot, 2, { clientKey, reason: "gone" })).toEqual(before);
    expect(same.filter((one) => one.ok && one.isNew)).toHaveLength(1);
    expect(await lotOf(lot)).toMatchObject({ available: 3, takenOut: 2 });
    const both = await raceBehind(db, lockLots([lot.lotId]), 2, [
      () => take(lot, 2),
      () => take(lot, 2),
    ]);
    expect(both.map((one) => one.ok).sort()).toEqual([false, true]);
    expect(await lotOf(lot)).toMatchObject({ available: 1, takenOut: 4 });
  });

  test("are their own cooperative's alone to correct or read", async () => {
    const [lot, other] = [await makeLot(), await makeLot()];
    const stranger = { ...lot, scope: other.scope };
    expect(await take(stranger, 1)).toEqual({ ok: false, reason: "lot-unknown" });
    expect(await readLot(database.db, other.scope, lot.lotId)).toBeNull();
    const asked = { search: "", page: 1, perPage: 25 };
    const { rows, total } = await findLots(database.db, other.scope, asked);
    expect({ ids: rows.map(({ id }) => id), total }).toEqual({ ids: [other.lotId], total: 1 });
    const none = await findLots(database.db, other.scope, { ...asked, search: "100%" });
    expect(none).toEqual({ rows: [], total: 0 });
  });
});
