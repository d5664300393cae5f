import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { makeReserveDesk } from "#tests/factories/reserves.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { sealLedger } from "../ledger/seal-ledger.ts";
import { setReserveTerms } from "./set-reserve-terms.ts";

let database: TestDatabase;
let payments: TestPayments;
beforeAll(async () => {
  payments = await startTestPayments();
});
afterAll(() => payments.close());
beforeEach(async () => {
  database = await createTestDatabase();
  return () => database.drop();
});

const delivered = () => makeReserveDesk(database.db, payments);

describe("terms", () => {
  test("hold within their bounds, for what is sold from then on, and say who set them", async () => {
    const { db } = database;
    const desk = await delivered();
    const { scope } = desk;
    const set = (rateBasisPoints: number, ceilingFen: number, version = 0) =>
      setReserveTerms(db, scope, { rateBasisPoints, ceilingFen, version });
    for (const [rate, ceiling] of [
      [499, 20_000],
      [5_001, 20_000],
      [1_000.5, 20_000],
      [1_000, 9_999],
      [1_000, 10_000_001],
      [1_000, Number.NaN],
    ] as const) {
      expect((await set(rate, ceiling)).ok).toBe(false);
    }
    await sealLedger(db);
    expect(await set(1_000, 20_000)).toEqual({ ok: true, isChanged: true });
    // Sold before: counted by the old fifth, at once.
    expect((await desk.held())[0]).toBe(143);
    expect(await set(1_000, 20_000)).toEqual({ ok: true, isChanged: false });
    expect(await set(2_000, 20_000)).toEqual({ ok: false, reason: "overtaken" });
    await desk.buy(2);
    expect(await desk.tend()).toBe(35);
    const noted = await db
      .selectFrom("audit_log")
      .select(["actor_user_id", "before", "after"])
      .where("action", "=", "reserve.set")
      .execute();
    expect(noted).toEqual([
      {
        actor_user_id: scope.userId,
        before: { rateBasisPoints: 2_000, ceilingFen: 500_000 },
        after: { rateBasisPoints: 1_000, ceilingFen: 20_000, version: 1 },
      },
    ]);
    await desk.isSound();
  });

  test("a ceiling holds, and what stands above a lower one is released at once", async () => {
    const { db } = database;
    const desk = await delivered();
    const { scope, cooperativeId } = desk;
    await desk.tend();
    const terms = { rateBasisPoints: 5_000, ceilingFen: 30_000 };
    await setReserveTerms(db, scope, { ...terms, version: 0 });
    // Half of a fee of 30 % on ¥1,000.
    await sql`update cooperatives set fee_basis_points = 3000`.execute(db);
    const household = await makeHousehold(db, {
      cooperative: { id: cooperativeId, regionCode: "513423" },
    });
    const dear = await makeListing(db, { lots: [{ household, quantity: 4 }], priceFen: 50_000 });
    await desk.buy(2, dear);
    await desk.tend();
    expect((await desk.held())[0]).toBe(15_000 + 143);
    await setReserveTerms(db, scope, { rateBasisPoints: 5_000, ceilingFen: 10_000, version: 1 });
    expect((await desk.held())[0]).toBe(10_000);
    await desk.isSound();
  });
});
