import fc from "fast-check";
import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, it } from "vitest";
import { bouncePayout } from "#app/domain/payouts/bounce-payout.ts";
import { confirmRun } from "#app/domain/payouts/confirm-run.ts";
import { setPayoutDay } from "#app/domain/payouts/payout-day.ts";
import { prepareRun } from "#app/domain/payouts/prepare-run.ts";
import { readStatement } from "#app/domain/relief/read-statement.ts";
import type { DB } from "#db/schema.d.ts";
import { earn } from "#tests/factories/money.ts";
import { makePaidOrder } from "#tests/factories/paid-orders.ts";
import { type MadeHousehold, makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { colleagueOf, coopScope, officerScope, scopeOf } from "#tests/factories/scopes.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { readEarningTotals } from "./read-earnings.ts";
import { readOwnMonths } from "./read-months.ts";
import { readNextPayout } from "./read-next-payout.ts";
import { readOwnPayouts } from "./read-payouts.ts";
import { readSlip } from "./read-slip.ts";

let database: TestDatabase;
let db: Kysely<DB>;
beforeAll(async () => {
  database = await createTestDatabase();
  db = database.db;
});
afterAll(() => database.drop());

const managerOf = ({ cooperativeId }: MadeHousehold) =>
  coopScope({ userId: "manager", cooperativeId });

/** `quantity` boxes at CNY 29.90 of each household, on one line. */
async function sell(homes: MadeHousehold[], quantity: number, occurredAt?: Date) {
  const order = await makePaidOrder(db, [homes], { quantity });
  const orderLineId = order.parcels[0]?.lineId ?? "";
  const shareFen = Math.floor(quantity * 2_990 * 0.94);
  for (const home of homes) await earn(db, home, shareFen, { orderLineId, occurredAt });
  return { orderLineId, number: order.number, shareFen };
}

async function payOut(home: MadeHousehold, now?: Date) {
  const run = await prepareRun(db, managerOf(home), { clientKey: uuidv7(), now });
  if (!run.ok) return null;
  await confirmRun(db, colleagueOf(managerOf(home)), { runId: run.runId, now });
  return run.runId;
}

async function bounce(home: MadeHousehold, runId: string) {
  const { payouts } = await readOwnPayouts(db, scopeOf(home), { limit: 1 });
  const payoutId = payouts[0]?.id ?? "";
  const reason = "account-closed";
  expect(await bouncePayout(db, managerOf(home), { runId, payoutId, reason })).toMatchObject({
    ok: true,
  });
}

it("a slip says what sold, what the fee took, what came back and what is hers in the end", async () => {
  const home = await makeHousehold(db);
  const { orderLineId, number, shareFen } = await sell([home], 2);
  await earn(db, home, -1_000, { orderLineId });
  expect(await readSlip(db, scopeOf(home), orderLineId)).toMatchObject({
    orderNumber: number,
    titleZh: "盐源苹果",
    quantity: 2,
    unitPriceFen: 2_990,
    priceFen: 5_980,
    feeFen: 5_980 - shareFen,
    yoursFen: shareFen - 1_000,
    parcelStatus: "waiting",
    changes: [{ kind: "refund", fen: -1_000, reason: null }],
  });
});

it("a slip is nobody else's, and no address made by hand finds one", async () => {
  const cooperative = await makeCooperative(db);
  const home = await makeHousehold(db, { cooperative });
  const neighbour = await makeHousehold(db, { cooperative });
  const { orderLineId } = await sell([home], 1);
  for (const id of [orderLineId, uuidv7(), "", "1' or 1=1"]) {
    expect(await readSlip(db, scopeOf(neighbour), id)).toBe(null);
  }
  const shared = await sell([home, neighbour], 3);
  expect(await readSlip(db, scopeOf(neighbour), shared.orderLineId)).toMatchObject({
    quantity: 3,
    yoursFen: shared.shareFen,
    changes: [],
  });
});

it("whatever was sold, given back, paid and bounced, all pages come to the fen of the statement", async () => {
  const step = fc.oneof(
    fc.record({ sell: fc.integer({ min: 1, max: 40 }), month: fc.integer({ min: 0, max: 5 }) }),
    fc.record({ giveBack: fc.integer({ min: 1, max: 9_000 }) }),
    fc.record({ payOut: fc.boolean() }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
      const home = await makeHousehold(db);
      const lines: string[] = [];
      for (const [index, one] of steps.entries()) {
        if ("sell" in one) {
          const at = new Date(Date.UTC(2026, 5 + one.month, 1 + index, 15, 59));
          lines.push((await sell([home], one.sell, at)).orderLineId);
        } else if ("giveBack" in one) {
          const orderLineId = lines.at(index % Math.max(1, lines.length));
          if (orderLineId) await earn(db, home, -one.giveBack, { orderLineId });
        } else {
          const runId = await payOut(home);
          if (runId && one.payOut) await bounce(home, runId);
        }
      }
      const officer = officerScope({ userId: "officer", regionCode: home.regionCode });
      const statement = await readStatement(db, officer, { code: home.reliefCode });
      const owedFen = statement?.entries[0]?.balanceFen ?? 0;
      const totals = await readEarningTotals(db, scopeOf(home));
      const sum = (fens: number[]) => fens.reduce((all, fen) => all + fen, 0);
      const slips = await Promise.all(lines.map((line) => readSlip(db, scopeOf(home), line)));
      const months = await readOwnMonths(db, scopeOf(home));
      const { payouts } = await readOwnPayouts(db, scopeOf(home), { limit: 50 });
      expect(totals.owedFen).toBe(owedFen);
      expect(sum(slips.map((slip) => slip?.yoursFen ?? 0))).toBe(owedFen + totals.paidFen);
      expect(sum(months.map(({ earnedFen }) => earnedFen))).toBe(owedFen + totals.paidFen);
      expect(sum(months.map(({ paidFen }) => paidFen))).toBe(totals.paidFen);
      const arrived = payouts.filter(({ status }) => status === "paid");
      expect(sum(arrived.map(({ fen }) => fen))).toBe(totals.paidFen);
    }),
    { numRuns: 8 },
  );
}, 60_000);

it("payouts come newest first, page by page, a bounced one with its reason, and nobody else's", async () => {
  const cooperative = await makeCooperative(db);
  const home = await makeHousehold(db, { cooperative });
  const neighbour = await makeHousehold(db, { cooperative });
  for (let made = 0; made < 3; made++) {
    await sell([home], made + 1);
    const runId = await payOut(home);
    if (made === 1) await bounce(home, runId ?? "");
  }
  await sell([home], 1);
  const coop = managerOf(home);
  const open = await prepareRun(db, coop, { clientKey: uuidv7() });
  expect(open.ok).toBe(true);
  const first = await readOwnPayouts(db, scopeOf(home), { limit: 3 });
  expect(first.payouts).toMatchObject([
    { status: "prepared", bounceReason: null },
    { status: "paid" },
    { status: "bounced", bounceReason: "account-closed" },
  ]);
  expect(first.payouts[0]?.accountEnd).toMatch(/^\d{4}$/);
  const before = first.olderBefore ?? undefined;
  const rest = await readOwnPayouts(db, scopeOf(home), { limit: 3, before });
  expect(rest).toMatchObject({ payouts: [{ status: "paid", fen: 2_810 }], olderBefore: null });
  expect(await readOwnPayouts(db, scopeOf(neighbour), { limit: 3 })).toEqual({
    payouts: [],
    olderBefore: null,
  });
  const hostile = await readOwnPayouts(db, scopeOf(home), { limit: 9, before: "1' or 1=1" });
  expect(hostile.payouts).toHaveLength(4);
});

it("the next payout is on the day that the cooperative says, a week later once it has paid", async () => {
  const home = await makeHousehold(db);
  const cardless = await makeHousehold(db, { hasBankAccount: false });
  const friday = new Date("2026-11-27T09:00:00+08:00");
  const next = (of: MadeHousehold) => readNextPayout(db, scopeOf(of), friday);
  expect(await next(home)).toEqual({ day: "2026-11-27", hasBankDetails: true });
  expect(await next(cardless)).toEqual({ day: "2026-11-27", hasBankDetails: false });
  await sell([home], 1);
  await payOut(home, friday);
  expect(await next(home)).toMatchObject({ day: "2026-12-04" });
  await setPayoutDay(db, managerOf(home), { weekday: 1 });
  await setPayoutDay(db, managerOf(home), { weekday: 1 });
  expect(await next(home)).toMatchObject({ day: "2026-11-30" });
  expect(await next(cardless)).toMatchObject({ day: "2026-11-27" });
  const notes = await db
    .selectFrom("audit_log")
    .where("subject_id", "=", home.cooperativeId)
    .select(["action", "before", "after"])
    .execute();
  expect(notes).toEqual([
    { action: "payout-day.set", before: { weekday: 5 }, after: { weekday: 1 } },
  ]);
});
