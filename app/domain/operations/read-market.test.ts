import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
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

  it("counts the text messages that failed within a day, by what they told, and no phone", async () => {
    const hour = 60 * 60 * 1000;
    const message = (template: string, state: string, hoursAgo: number) => ({
      ...{ id: uuidv7(), key: uuidv7(), phone: "+8613900001234", template, state },
      ended_at: new Date(Date.now() - hoursAgo * hour),
    });
    await test.db
      .insertInto("messages")
      .values([
        message("consent.none", "failed", 1),
        message("sale.bundle", "failed", 2),
        message("sale.bundle", "failed", 23),
        message("sale.bundle", "failed", 25),
        message("sale.bundle", "delivered", 1),
        message("refund.goods", "stopped", 1),
      ])
      .execute();
    const state = await readMarketState(test.db, operatorScope({ userId: "operator" }));
    expect(state.failedMessages).toEqual([
      { template: "sale.bundle", count: 2 },
      { template: "consent.none", count: 1 },
    ]);
    expect(JSON.stringify(state)).not.toContain("0001234");
  });
});
