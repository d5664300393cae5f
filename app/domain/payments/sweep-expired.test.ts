import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { makePaidOrder } from "#tests/factories/paid-orders.ts";
import { makeHousehold } from "#tests/factories/people.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { keepRefund as keepAsItStands } from "./keep-refund.ts";
import { sweepExpired } from "./sweep-expired.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await sql`delete from graphile_worker._private_jobs`.execute(database.db);
  await sql`delete from stripe_events`.execute(database.db);
  await sql`update refunds set status = 'succeeded'`.execute(database.db);
});

const NOW = new Date("2026-11-22T04:00:00Z");
const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);
const sweep = () => sweepExpired(database.db, { now: NOW });

async function queued() {
  const { rows } = await sql<{ key: string; task: string }>`
    select key, task_identifier as task from graphile_worker.jobs order by key`.execute(
    database.db,
  );
  return rows.map(({ task, key }) => `${task} ${key}`);
}

/** A webhook that was kept so long ago and has had no effect, or has had it. */
async function keepEvent(type: string, objectId: string, at: Date, processedAt?: Date) {
  await database.db
    .insertInto("stripe_events")
    .values({
      event_id: `evt_${uuidv7()}`,
      type,
      object_id: objectId,
      created_by_stripe_at: at,
      created_at: at,
      processed_at: processedAt ?? null,
    })
    .execute();
}

/** A refund in a state since so long ago. */
async function keepRefund(status: string, at: Date, stripeRefundId: string | null = null) {
  const household = await makeHousehold(database.db);
  const order = await makePaidOrder(database.db, [[household]]);
  const paymentId = uuidv7();
  await sql`insert into payments (id, order_id, checkout_session_id, payment_intent_id, status, fen,
      currency, paid_at)
    values (${paymentId}, ${order.id}, ${`cs_${paymentId}`}, ${`pi_${paymentId}`}, 'succeeded', 5000,
      'cny', ${at})`.execute(database.db);
  const id = uuidv7();
  await sql`insert into refunds (id, order_id, payment_id, fen, reason, status, idempotency_key,
      stripe_refund_id, updated_at)
    values (${id}, ${order.id}, ${paymentId}, 100, 'order-cancelled', ${status}, ${`refund:${id}`},
      ${stripeRefundId}, ${at})`.execute(database.db);
  return id;
}

describe("the sweeper", () => {
  test.each([
    ["checkout.session.completed", "cs_lost", "settle-payment"],
    ["checkout.session.async_payment_failed", "cs_lost", "settle-payment"],
    ["payment_intent.payment_failed", "pi_lost", "settle-attempt"],
    ["charge.refunded", "ch_lost", "settle-refunds"],
    ["charge.dispute.created", "du_lost", "settle-dispute"],
    ["charge.dispute.closed", "du_lost", "settle-dispute"],
  ])("queues again what %s should have set off five minutes ago", async (type, id, task) => {
    await keepEvent(type, id, minutesAgo(6));
    await keepEvent(type, id, minutesAgo(7));
    expect(await sweep()).toEqual({ ok: true, queued: 1 });
    expect(await queued()).toEqual([`${task} ${task}:${id}`]);
    await sweep();
    expect(await queued()).toHaveLength(1);
  });

  test.each(["refund.updated", "refund.failed"])(
    "and so with %s of a refund of ours",
    async (type) => {
      const id = await keepRefund("succeeded", minutesAgo(60), `re_${type}`);
      await keepEvent(type, `re_${type}`, minutesAgo(6));
      await sweep();
      expect(await queued()).toEqual([`refund-payment refund-payment:${id}`]);
    },
  );

  test("leaves alone what is younger, what has had its effect, and what is nobody's", async () => {
    await keepEvent("checkout.session.completed", "cs_young", minutesAgo(4));
    await keepEvent("checkout.session.completed", "cs_done", minutesAgo(60), minutesAgo(59));
    await keepEvent("refund.updated", "re_of_nobody", minutesAgo(60));
    expect(await sweep()).toEqual({ ok: true, queued: 0 });
    expect(await queued()).toEqual([]);
  });

  test.each(["requested", "pending"])(
    "takes up a refund that is %s since five minutes",
    async (status) => {
      const stuck = await keepRefund(status, minutesAgo(6));
      await keepRefund(status, minutesAgo(4));
      expect(await sweep()).toEqual({ ok: true, queued: 1 });
      expect(await queued()).toEqual([`refund-payment refund-payment:${stuck}`]);
    },
  );

  test.each(["succeeded", "failed"])("and never one that has %s", async (status) => {
    await keepRefund(status, minutesAgo(60));
    expect(await sweep()).toEqual({ ok: true, queued: 0 });
  });

  test("takes the oldest first when there is more than one run can take", async () => {
    const { db } = database;
    const stuck = await keepRefund("requested", minutesAgo(6));
    await sql`insert into refunds (id, order_id, payment_id, fen, reason, status, idempotency_key,
        updated_at)
      select gen_random_uuid(), order_id, payment_id, 1, reason, status, 'later:' || n, updated_at
      from refunds, generate_series(1, 501) n where refunds.id = ${stuck}`.execute(db);
    await sql`insert into stripe_events (event_id, type, object_id, created_by_stripe_at, created_at)
      select 'evt_' || n, 'charge.refunded', 'ch_' || n, ${minutesAgo(6)}, ${minutesAgo(6)}
      from generate_series(1, 501) n`.execute(db);
    const newest = { updated_at: minutesAgo(5.5) };
    await db.updateTable("refunds").set(newest).where("id", "=", stuck).execute();
    const oldest = await keepRefund("requested", minutesAgo(7));
    await keepEvent("charge.refunded", "ch_z", minutesAgo(7));
    await keepEvent("charge.refunded", "ch_0", minutesAgo(5.5));
    expect(await sweep()).toEqual({ ok: true, queued: 1_000 });
    const keys = await queued();
    expect(keys).toContain(`refund-payment refund-payment:${oldest}`);
    expect(keys).not.toContain(`refund-payment refund-payment:${stuck}`);
    expect(keys).toContain("settle-refunds settle-refunds:ch_z");
    expect(keys).not.toContain("settle-refunds settle-refunds:ch_0");
  });
  test("asks how a refund stands that its bank takes days for once an hour, and keeps none that is due from its turn", async () => {
    const { db } = database;
    const slow = await keepRefund("pending", minutesAgo(3 * 24 * 60), "re_slow");
    await sql`insert into refunds (id, order_id, payment_id, fen, reason, status, idempotency_key,
        stripe_refund_id, updated_at)
      select gen_random_uuid(), order_id, payment_id, 1, reason, status, 'slow:' || n, 're_' || n,
        updated_at
      from refunds, generate_series(1, 499) n where refunds.id = ${slow}`.execute(db);
    const refused = await keepRefund("requested", minutesAgo(24 * 60));
    const due = { try_again_at: minutesAgo(8 * 60), failure: "balance_insufficient" };
    await db.updateTable("refunds").set(due).where("id", "=", refused).execute();
    expect(await sweep()).toEqual({ ok: true, queued: 500 });
    const { rows } = await sql<{ id: string; order_id: string }>`
      select id, order_id from refunds where status = 'pending'`.execute(db);
    for (const { id, order_id: orderId } of rows) {
      await keepAsItStands(db, { id, orderId }, { id: "re", status: "pending" }, NOW);
    }
    await sql`delete from graphile_worker._private_jobs`.execute(db);
    expect(await sweep()).toEqual({ ok: true, queued: 1 });
    expect(await queued()).toEqual([`refund-payment refund-payment:${refused}`]);
  });
  test("lets what is stuck for good keep nothing that is newer from its turn", async () => {
    const { db } = database;
    const stuck = await keepRefund("requested", minutesAgo(60));
    await sql`insert into refunds (id, order_id, payment_id, fen, reason, status, idempotency_key,
        updated_at)
      select gen_random_uuid(), order_id, payment_id, 1, reason, status, 'stuck:' || n, updated_at
      from refunds, generate_series(1, 499) n where refunds.id = ${stuck}`.execute(db);
    await sql`insert into stripe_events (event_id, type, object_id, created_by_stripe_at, created_at)
      select 'evt_' || n, 'charge.refunded', 'ch_' || n, ${minutesAgo(60)}, ${minutesAgo(60)}
      from generate_series(1, 500) n`.execute(db);
    await sweep();
    // Each was tried, failed, and is to be tried again.
    await sql`update graphile_worker._private_jobs set attempts = 3`.execute(db);
    const newer = await keepRefund("requested", minutesAgo(6));
    await keepEvent("charge.refunded", "ch_newer", minutesAgo(6));
    expect(await sweep()).toEqual({ ok: true, queued: 1_000 });
    const keys = await queued();
    expect(keys).toContain(`refund-payment refund-payment:${newer}`);
    expect(keys).toContain("settle-refunds settle-refunds:ch_newer");
    expect(keys).toContain(`refund-payment refund-payment:${stuck}`);
    // What has used up its tries waits no more, and is first again.
    const given = sql`update graphile_worker._private_jobs set attempts = max_attempts
      where key = ${`refund-payment:${stuck}`}`;
    await given.execute(db);
    await sweep();
    const { rows } = await sql<{ attempts: number }>`select attempts from graphile_worker.jobs
      where key = ${`refund-payment:${stuck}`}`.execute(db);
    expect(rows).toEqual([{ attempts: 0 }]);
  });
});
