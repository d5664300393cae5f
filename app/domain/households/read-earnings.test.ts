import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { postTransaction } from "#app/domain/ledger/post.ts";
import { prepareRun } from "#app/domain/payouts/prepare-run.ts";
import type { HouseholdScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { earn } from "#tests/factories/money.ts";
import { makePaidOrder } from "#tests/factories/paid-orders.ts";
import { type MadeHousehold, makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { coopScope, scopeOf } from "#tests/factories/scopes.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { readEarningTotals, readSales } from "./read-earnings.ts";

const ALL = { lines: 50 };

let database: TestDatabase;
let db: Kysely<DB>;
let home: MadeHousehold;
let neighbour: MadeHousehold;
let scope: HouseholdScope;

beforeAll(async () => {
  database = await createTestDatabase();
  db = database.db;
});
beforeEach(async () => {
  const cooperative = await makeCooperative(db);
  home = await makeHousehold(db, { cooperative });
  neighbour = await makeHousehold(db, { cooperative });
  scope = scopeOf(home);
});
afterAll(() => database.drop());

/** Two boxes at CNY 29.90 of this household and two of the neighbour's, on one line. */
async function sell(occurredAt = new Date()) {
  const order = await makePaidOrder(db, [[home, neighbour]], { quantity: 2 });
  const orderLineId = order.parcels[0]?.lineId ?? "";
  await earn(db, home, 5_622, { orderLineId, occurredAt });
  await earn(db, neighbour, 5_620, { orderLineId, occurredAt });
  return { number: order.number, orderLineId };
}

async function payOut(fen: number) {
  await earn(db, home, -fen);
}

describe("a household's sales", () => {
  it("say what sold, for how much, what the fee took and what is hers", async () => {
    const { number, orderLineId } = await sell();
    const { sales, olderBefore } = await readSales(db, scope, ALL);
    expect(olderBefore).toBe(null);
    expect(sales).toMatchObject([
      {
        orderLineId,
        orderNumber: number,
        titleZh: "盐源苹果",
        quantity: 2,
        priceFen: 5_980,
        feeFen: 358,
        earnedFen: 5_622,
        refundedFen: 0,
        reliefCode: home.reliefCode,
      },
    ]);
  });

  it("say what a refund took back", async () => {
    const { orderLineId } = await sell();
    await earn(db, home, -1_000, { orderLineId });
    const { sales } = await readSales(db, scope, ALL);
    expect(sales).toMatchObject([{ earnedFen: 5_622, refundedFen: 1_000, feeFen: 358 }]);
  });

  it("come newest first, page by page without a gap or a repetition while new ones come in", async () => {
    const sold: string[] = [];
    for (let made = 0; made < 5; made++) sold.push((await sell()).number);
    const seen: string[] = [];
    for (let before: string | undefined; ; ) {
      const page = await readSales(db, scope, { lines: 2, before });
      seen.push(...page.sales.map((sale) => sale.orderNumber));
      await sell();
      if (page.olderBefore === null) break;
      before = page.olderBefore;
    }
    expect(seen).toEqual(sold.toReversed());
    const hostile = await readSales(db, scope, { lines: 50, before: "1' or 1=1" });
    expect(hostile.sales).toHaveLength(8);
  });

  it("are nobody else's, and add up to what the ledger owes", async () => {
    await sell();
    await sell();
    const stranger = scopeOf(await makeHousehold(db));
    expect(await readSales(db, stranger, ALL)).toEqual({ sales: [], olderBefore: null });
    const { sales } = await readSales(db, scope, ALL);
    const { owedFen } = await readEarningTotals(db, scope);
    expect(sales.reduce((sum, sale) => sum + sale.earnedFen - sale.refundedFen, 0)).toBe(owedFen);
    const next = await readSales(db, scopeOf(neighbour), ALL);
    expect(next.sales.map((sale) => sale.earnedFen)).toEqual([5_620, 5_620]);
  });
});

describe("a household's sums", () => {
  it("are nothing at first", async () => {
    expect(await readEarningTotals(db, scope)).toEqual({
      owedFen: 0,
      paidFen: 0,
      onTheWayFen: 0,
      goingBackFen: 0,
      monthFen: 0,
      reliefCodes: [home.reliefCode],
    });
  });

  it("count a month by Shanghai's clock", async () => {
    await sell(new Date("2026-10-31T15:59:59Z")); // the last second of October there
    await sell(new Date("2026-10-31T16:00:00Z")); // the first of November
    const at = async (now: string) => (await readEarningTotals(db, scope, new Date(now))).monthFen;
    expect(await at("2026-11-30T15:59:59Z")).toBe(5_622);
    expect(await at("2026-10-31T15:00:00Z")).toBe(5_622);
    expect(await at("2026-11-30T16:00:00Z")).toBe(0);
  });

  it("may be below zero after a refund of what was paid out", async () => {
    await sell();
    await payOut(6_000);
    expect(await readEarningTotals(db, scope)).toMatchObject({ owedFen: -378 });
  });

  it("tell what of hers is on the way, and nothing of the neighbour's", async () => {
    await sell();
    const coop = coopScope({ userId: "manager", cooperativeId: home.cooperativeId });
    expect(await prepareRun(db, coop, { clientKey: uuidv7() })).toMatchObject({ ok: true });
    expect(await readEarningTotals(db, scope)).toMatchObject({ onTheWayFen: 5_622 });
    expect(await readEarningTotals(db, scopeOf(neighbour))).toMatchObject({ onTheWayFen: 5_620 });
  });

  it("tell what a payout brought to the bank, and a bounced one did not", async () => {
    await sell();
    const post = (kind: "payout" | "payout-bounce", fen: number) =>
      db.transaction().execute(async (trx) => {
        const cause = uuidv7();
        const account = `relief:${home.reliefCode}`;
        const posted = await postTransaction(trx, {
          kind,
          causeType: "payout",
          causeId: cause,
          idempotencyKey: `${kind}:${cause}`,
          occurredAt: new Date(),
          postings: [
            { account, fen, reliefAccountId: home.reliefAccountId },
            { account: "payout:clearing", fen: -fen },
          ],
        });
        expect(posted.ok).toBe(true);
      });
    await post("payout", 5_000);
    expect(await readEarningTotals(db, scope)).toMatchObject({ owedFen: 622, paidFen: 5_000 });
    await post("payout-bounce", -5_000);
    expect(await readEarningTotals(db, scope)).toMatchObject({ owedFen: 5_622, paidFen: 0 });
  });
});
