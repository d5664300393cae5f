import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { earn } from "#tests/factories/money.ts";
import { makePaidOrder } from "#tests/factories/paid-orders.ts";
import { makeHousehold } from "#tests/factories/people.ts";
import { operatorScope } from "#tests/factories/scopes.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { readMarketState } from "./read-market.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

describe("the operator's page", () => {
  it("shows that the books balance and what is stuck, and no household", async () => {
    const home = await makeHousehold(test.db, { headName: "木呷阿依" });
    await earn(test.db, home, 2_811);
    await makePaidOrder(test.db, [[home]], { recipient: "王小明" });
    await test.db
      .insertInto("stripe_events")
      .values({
        event_id: "evt_1",
        type: "charge.refunded",
        object_id: "ch_1",
        created_by_stripe_at: new Date(),
      })
      .execute();
    await test.db
      .insertInto("heartbeats")
      .values([
        { name: "worker", beat_at: new Date(Date.now() - 60_000) },
        { name: "web", beat_at: new Date() },
      ])
      .execute();
    await sql`select graphile_worker.add_job('settle-payment', '{"checkoutSessionId":"cs_secret"}')`.execute(
      test.db,
    );
    await sql`update graphile_worker._private_jobs set last_error = 'cs_secret', attempts = 1`.execute(
      test.db,
    );

    const state = await readMarketState(test.db, operatorScope({ userId: "operator" }));
    expect(state.sumFen).toBe(0);
    expect(state.accounts).toContainEqual({ account: "relief:*", accountCount: 1, fen: -2_811 });
    expect(state.orders).toEqual([{ status: "paid", count: 1 }]);
    expect(state.failedJobs).toEqual([{ task: "settle-payment", count: 1, isGivenUp: false }]);
    expect(state.unprocessedEvents).toMatchObject([
      { type: "charge.refunded", count: 1, isStuck: false },
    ]);
    expect(state.heartbeats.map((beat) => [beat.name, beat.isLate])).toEqual([
      ["web", false],
      ["worker", true],
    ]);
    const shown = JSON.stringify(state);
    for (const secret of ["木呷阿依", "王小明", home.reliefCode, "cs_secret"]) {
      expect(shown).not.toContain(secret);
    }
  });
});
