import type { Kysely } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { DB } from "#db/schema.d.ts";
import { makePaidOrder } from "#tests/factories/paid-orders.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { householdScope } from "#tests/factories/scopes.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { readPriceGuidance, readPriceGuides } from "./read-price-guidance.ts";

const NOW = new Date("2026-11-22T04:00:00Z");
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000);

let database: TestDatabase;
let db: Kysely<DB>;

beforeAll(async () => {
  database = await createTestDatabase();
  db = database.db;
});
afterAll(() => database.drop());

/** One paid line of apples in boxes of 5 jin. */
async function sell(
  home: Awaited<ReturnType<typeof makeHousehold>>,
  unitPriceFen: number,
  paid: { status?: string; paidAt?: Date } = {},
) {
  const order = await makePaidOrder(db, [[home]], { paidAt: daysAgo(3), ...paid });
  await db
    .updateTable("order_lines")
    .set({ unit_price_fen: unitPriceFen, line_fen: unitPriceFen, fee_fen: 0 })
    .where("order_id", "=", order.id)
    .execute();
}

it("says what a jin went for in her county and in her province, and what is kept as a fee", async () => {
  const at = async (regionCode: string) =>
    makeHousehold(db, {
      cooperative: await makeCooperative(db, { regionCode, feeBasisPoints: 500 }),
    });
  const [home, neighbour, abroad] = [await at("513423"), await at("513431"), await at("360734")];
  for (const fen of [1_000, 1_500, 2_000]) await sell(home, fen);
  // Of no account: too long ago, given back, in another province.
  await sell(home, 9_000, { paidAt: daysAgo(31) });
  await sell(home, 9_000, { status: "refunded" });
  for (const fen of [100, 100, 100]) await sell(abroad, fen);
  await sell(neighbour, 5_000);
  await sell(neighbour, 5_002);
  const { id: householdId, cooperativeId } = home;
  const scope = householdScope({ userId: "u", householdId, cooperativeId });
  expect(await readPriceGuidance(db, scope, "apple", NOW)).toEqual({
    feeBasisPoints: 500,
    county: { sales: 3, medianFen: 300, lowFen: 200, highFen: 400 },
    province: { sales: 5, medianFen: 400, lowFen: 200, highFen: 1_000 },
  });
  expect(await readPriceGuidance(db, scope, "pear", NOW)).toEqual({
    feeBasisPoints: 500,
    county: null,
    province: null,
  });
  // Of what nobody bought nothing is said, of what was bought beside it the same.
  const { feeBasisPoints, guides } = await readPriceGuides(db, scope, ["pear", "apple"], NOW);
  expect([feeBasisPoints, Object.keys(guides)]).toEqual([500, ["apple"]]);
  expect(guides.apple?.county?.medianFen).toBe(300);
  expect(await readPriceGuides(db, scope, [], NOW)).toEqual({ feeBasisPoints: 500, guides: {} });
});

it("says nothing of a county where two were sold", async () => {
  const cooperative = await makeCooperative(db, { regionCode: "621223" });
  const home = await makeHousehold(db, { cooperative });
  await sell(home, 1_000);
  await sell(home, 2_000);
  const { id: householdId, cooperativeId } = home;
  const scope = householdScope({ userId: "u", householdId, cooperativeId });
  const { county, province } = await readPriceGuidance(db, scope, "apple", NOW);
  expect([county, province]).toEqual([null, null]);
});
