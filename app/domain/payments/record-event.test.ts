import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { PaymentEvent } from "#app/gateways/payments.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { countRoundTrips } from "#tests/setup/round-trips.ts";
import { recordPaymentEvent } from "./record-event.ts";

let database: TestDatabase;
let counted: ReturnType<typeof countRoundTrips>;
beforeAll(async () => {
  database = await createTestDatabase();
  counted = countRoundTrips(database.url);
});
afterAll(async () => {
  await counted.db.destroy();
  await database.drop();
});

const event = (id: string, about: Partial<PaymentEvent> = {}): PaymentEvent => ({
  ...{ id, type: "a.type", objectId: "an_object", createdAt: new Date() },
  ...{ checkoutSessionId: null, refundId: null, refundedChargeId: null },
  ...{ disputeId: null, failedPaymentIntentId: null, ...about },
});
const recordAll = (events: PaymentEvent[]) =>
  Promise.allSettled(events.map((each) => recordPaymentEvent(counted.db, each)));

const keptLike = async (ids: string) => {
  const { rows } = await sql<{ id: string; outcome: string | null }>`select event_id as id, outcome
    from stripe_events where event_id like ${ids} order by 1`.execute(database.db);
  return rows;
};
const jobsLike = async (keys: string) => {
  const { rows } = await sql<{ key: string }>`select key from graphile_worker.jobs
    where key like ${keys} order by key`.execute(database.db);
  return rows.map(({ key }) => key);
};

test("sixty-four webhooks at once are each kept by its id in three statements, with one job an object", async () => {
  // Both connections are open.
  await recordAll([event("evt_x"), event("evt_y")]);
  counted.take();
  const all = Array.from({ length: 64 }, (_, number) => {
    const of = { checkoutSessionId: `cs_${number % 20}`, objectId: `cs_${number % 20}` };
    // Every fourth comes twice.
    return event(`evt_many_${number - (number % 4 === 1 ? 1 : 0)}`, of);
  });
  const answers = await recordAll(all);
  expect(counted.take()).toBe(3);
  const isNew = answers.map((each) => each.status === "fulfilled" && each.value.isNew);
  expect(isNew.filter((each) => each)).toHaveLength(48);
  const ids = new Set(all.map(({ id }) => id));
  const kept = await keptLike("evt\\_many%");
  expect(kept.map(({ id }) => id).sort()).toEqual([...ids].sort());
  expect(await jobsLike("settle-payment:cs%")).toHaveLength(20);
});

test("each of them queues what it tells of, and what nothing waits for queues nothing", async () => {
  const answers = await recordAll([
    event("evt_a"),
    event("evt_b"),
    event("evt_each_1", { disputeId: "dp_1" }),
    event("evt_each_2", { refundedChargeId: "ch_1", refundId: "re_1" }),
    event("evt_each_3", { failedPaymentIntentId: "pi_1" }),
    event("evt_each_4"),
  ]);
  expect(answers.every(({ status }) => status === "fulfilled")).toBe(true);
  expect(await keptLike("evt\\_each%")).toMatchObject([
    ...[{ outcome: null }, { outcome: null }, { outcome: null }, { outcome: "ignored" }],
  ]);
  const keys = ["settle-attempt:pi_1", "settle-dispute:dp_1", "settle-refunds:ch_1"];
  expect((await jobsLike("%")).filter((key) => !key.includes(":cs_"))).toEqual(keys);
});

test("one that cannot be written refuses none of the others", async () => {
  const answers = await recordAll([
    event("evt_c"),
    event("evt_d"),
    event("evt_good_1", { checkoutSessionId: "cs_good" }),
    event("evt_bad", { type: "no \0 text" }),
    event("evt_good_2"),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([
    ...["fulfilled", "fulfilled", "fulfilled", "rejected", "fulfilled"],
  ]);
  expect(await keptLike("evt\\_good%")).toHaveLength(2);
  expect(await jobsLike("settle-payment:cs_good")).toHaveLength(1);
});
