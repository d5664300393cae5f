import { sql } from "kysely";
import { beforeEach, expect, test } from "vitest";
import { makeCharged } from "#tests/factories/charged-orders.ts";
import { settleDisputed } from "#tests/factories/disputes.ts";
import { standingOf } from "#tests/factories/look.ts";
import { openPayingMarket, type PayingMarket } from "#tests/setup/paying-market.ts";
import { takeFees } from "../reconcile/take-fees.ts";
import { settleDispute } from "./settle-dispute.ts";
import { sweepExpired } from "./sweep-expired.ts";

const DISPUTED_CARD = "4000000000000259";
const minutes = (count: number) => new Date(Date.now() + count * 60_000);

let market: PayingMarket;
beforeEach(async () => {
  market = await openPayingMarket();
  return () => market.drop();
});

async function queued(): Promise<string[]> {
  const { rows } = await sql<{ key: string }>`select key from graphile_worker.jobs
    where task_identifier = 'settle-dispute'`.execute(market.db);
  return rows.map(({ key }) => key.slice("settle-dispute:".length));
}

test("a dispute whose webhooks never come is learned of from Stripe's balance", async () => {
  const { db, payments } = market;
  const { orderId } = await makeCharged(market, DISPUTED_CARD);
  await takeFees(db, payments.gateway);
  await sweepExpired(db);
  expect(await queued()).toEqual([]);
  await sweepExpired(db, { now: minutes(6) });
  const [disputeId, ...others] = await queued();
  expect(others).toEqual([]);
  const settled = await settleDispute(db, payments.gateway, { disputeId: disputeId ?? "" });
  expect(settled).toMatchObject({ ok: true, outcome: "open" });
  expect(await standingOf(db, orderId)).toMatchObject({ status: "disputed" });
  await sql`delete from graphile_worker._private_jobs`.execute(db);
  await sweepExpired(db, { now: minutes(12) });
  expect(await queued()).toEqual([]);
});

test("a verdict that a bank takes back is learned of too, and nothing is asked for for ever", async () => {
  const { db, payments } = market;
  const { orderId } = await makeCharged(market);
  await settleDisputed(db, payments, { orderId, id: "dp_1", fen: 6_780, status: "lost" });
  await sql`insert into stripe_movements (id, stripe_id, type, category, source, fen, fee_fen,
      currency, moved_at, available_at)
    values (gen_random_uuid(), 'txn_dp_1_back', 'adjustment', 'dispute_reversal', 'dp_1', 6780, 0,
      'cny', now(), now())`.execute(db);
  await sweepExpired(db, { now: minutes(6) });
  expect(await queued()).toEqual(["dp_1"]);
  await sql`delete from graphile_worker._private_jobs`.execute(db);
  await sweepExpired(db, { now: minutes(4 * 24 * 60) });
  expect(await queued()).toEqual([]);
});
