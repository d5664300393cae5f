import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { claimIdOf, deliver, makeClaim, makeDelivered } from "#tests/factories/claims.ts";
import { carryOutRefunds, makePaidCheckout } from "#tests/factories/payments.ts";
import { makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { colleagueOf } from "#tests/factories/scopes.ts";
import { raceBehind } from "#tests/setup/barrier.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { answerClaim } from "../claims/answer-claim.ts";
import { assignFault } from "../claims/assign-fault.ts";
import { hoursAfter } from "../claims/claim-rules.ts";
import { readBalances } from "../ledger/balances.ts";
import { sealLedger } from "../ledger/seal-ledger.ts";
import { verifyLedger } from "../ledger/verify-ledger.ts";
import { confirmRun } from "../payouts/confirm-run.ts";
import { prepareRun } from "../payouts/prepare-run.ts";
import { setReserveTerms } from "./set-reserve-terms.ts";
import { tendReserve } from "./tend-reserve.ts";

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

/** What it holds and what is left of the fees, in fen above zero. */
async function held() {
  const codes = ["reserve:yanyuan", "coop-fee:yanyuan"];
  const balances = await readBalances(database.db, codes);
  return codes.map((code) => 0 - (balances.get(code) ?? 0));
}
const isSound = async () => expect((await verifyLedger(database.db)).differences).toEqual([]);

/** What is posted by now is sealed, and the reserve counted. */
async function tend(cooperativeId: string, now?: Date) {
  await sealLedger(database.db);
  return (await tendReserve(database.db, { cooperativeId, now })).fen;
}

/** Four boxes for ¥119.60 of two households, come: the fee of 6 % is ¥7.17. */
async function delivered() {
  const order = await makeDelivered(database.db, payments);
  const { cooperativeId } = order.line.scope;
  return { ...order, cooperativeId, scope: order.line.scope };
}

const carrier = { kind: "accept", fault: "carrier", reason: "压坏了" } as const;

describe("a reserve for claims", () => {
  test("takes a fifth of an order's fee, once, and gives it back when nothing can be claimed any more", async () => {
    const { cooperativeId, orderId } = await delivered();
    expect(await held()).toEqual([0, 717]);
    expect(await tend(cooperativeId)).toBe(143);
    expect(await tend(cooperativeId)).toBe(0);
    expect(await held()).toEqual([143, 574]);
    const shares = () =>
      database.db.selectFrom("reserve_shares").select(["order_id", "fen", "dropped_by"]).execute();
    expect(await shares()).toEqual([{ order_id: orderId, fen: 143, dropped_by: null }]);
    expect(await tend(cooperativeId, hoursAfter(new Date(), 48.9))).toBe(0);
    expect(await tend(cooperativeId, hoursAfter(new Date(), 49.1))).toBe(-143);
    expect(await held()).toEqual([0, 717]);
    await isSound();
  });

  test("is drawn before the fees are for what the carrier spoiled, and is filled again", async () => {
    const { cooperativeId, claim, answer, carryOut } = await delivered();
    await tend(cooperativeId);
    const claimId = claimIdOf(await claim({ percent: 50 }));
    await answer(claimId, carrier);
    // Half of ¥119.60 goes back: ¥3.59 of the fee, and ¥56.21 that it bears for the households.
    expect(await held()).toEqual([0, 574 + 143 - 5_621]);
    await carryOut();
    expect(await held()).toEqual([0, 717 - 5_621 - 359]);
    // Fees below zero: there is nothing to keep, whatever is needed.
    expect(await tend(cooperativeId)).toBe(0);
    await isSound();
  });

  test("is not touched by what is the farm's fault, and holds for it what its household lacks", async () => {
    const { db } = database;
    const { cooperativeId, claim, answer, carryOut, scope } = await delivered();
    await sql`update households set bank_account_name = 'a', bank_name = 'b',
      bank_account_number = '6222021234567890123'`.execute(db);
    const run = await prepareRun(db, scope, { clientKey: uuidv7() });
    if (!run.ok) throw new Error(run.reason);
    await confirmRun(db, colleagueOf(scope), run);
    await tend(cooperativeId);
    expect(await held()).toEqual([143, 574]);
    const claimId = claimIdOf(await claim({ percent: 10 }));
    await answer(claimId, { kind: "accept", fault: "farm", reason: "" });
    await carryOut();
    expect(await held()).toEqual([143, 717 - 143 - 72]);
    // The households had been paid: ¥11.24 is the market's to lend, and all the cooperative has is held for it.
    expect(await tend(cooperativeId)).toBe(717 - 72 - 143);
    expect(await held()).toEqual([645, 0]);
    const [move] = await database.db
      .selectFrom("reserve_moves")
      .select(["overdrawn_fen", "shares_fen", "own_fen"])
      .where("number", "=", 2)
      .execute();
    expect(move).toEqual({ overdrawn_fen: 1_124, shares_fen: 143, own_fen: 645 });
    // Whose fault it was is said anew: what it bears comes out of what is held.
    await assignFault(db, scope, { claimId, fault: "cooperative" });
    expect(await held()).toEqual([0, 645 - 1_124]);
    await tend(cooperativeId);
    await isSound();
  });

  test("keeps for an order that has a claim waiting, however long it waits", async () => {
    const { cooperativeId, claim } = await delivered();
    await claim({ percent: 50 });
    await tend(cooperativeId);
    expect(await tend(cooperativeId, hoursAfter(new Date(), 200))).toBe(0);
    expect(await held()).toEqual([143, 574]);
  });

  test("is counted from the ledger as it is sealed, and not before", async () => {
    const { cooperativeId } = await delivered();
    expect(await tendReserve(database.db, { cooperativeId })).toEqual({ fen: 0 });
    await isSound();
  });
});

async function buy(
  listing: Parameters<typeof makePaidCheckout>[2][number]["listing"],
  quantity: number,
) {
  return makePaidCheckout(database.db, payments, [{ listing, quantity }]);
}

describe("at the same moment", () => {
  const reserveRow = () => sql`select from reserves for update`;

  test("two claims draw one reserve: no fen of it twice, and never below nothing", async () => {
    const { db } = database;
    const first = await delivered();
    const second = await buy(first.listing, 2);
    const [line] = second.lines;
    if (!line) throw new Error("no line");
    await deliver(db, line.scope, line.parcelId);
    await tend(first.cooperativeId);
    const [before] = await held();
    expect(before).toBe(143 + 71);
    const ids = [
      claimIdOf(await first.claim({ percent: 100 })),
      claimIdOf(await makeClaim(db, { ...second, line }, { percent: 100 })),
    ];
    const answers = ids.map((claimId) => () => {
      return answerClaim(db, first.scope, { claimId, answer: carrier });
    });
    const said = await raceBehind(db, reserveRow(), 2, answers);
    expect(said).toEqual([
      { ok: true, isNew: true },
      { ok: true, isNew: true },
    ]);
    const drawn = await db.selectFrom("reserve_moves").select("fen").where("fen", "<", 0).execute();
    expect(drawn.reduce((sum, { fen }) => sum + fen, 0)).toBe(-214);
    expect((await held())[0]).toBe(0);
    for (const { orderId } of [first, second]) await carryOutRefunds(db, payments, orderId);
    await isSound();
  });

  test("two counts are one, and a count and a claim follow each other", async () => {
    const { db } = database;
    const { cooperativeId, claim, scope } = await delivered();
    await sealLedger(db);
    const count = () => tendReserve(db, { cooperativeId });
    const said = await raceBehind(db, reserveRow(), 2, [count, count]);
    expect(said.map(({ fen }) => fen).sort()).toEqual([0, 143]);
    const claimId = claimIdOf(await claim({ percent: 50 }));
    await sealLedger(db);
    const later = hoursAfter(new Date(), 60);
    await raceBehind<unknown>(db, reserveRow(), 2, [
      () => answerClaim(db, scope, { claimId, answer: carrier }),
      () => tendReserve(db, { cooperativeId, now: later }),
    ]);
    await isSound();
  });

  test("two who set terms: the second is told of the first", async () => {
    const { db } = database;
    const { scope } = await delivered();
    const set = (rateBasisPoints: number) => () =>
      setReserveTerms(db, scope, { rateBasisPoints, ceilingFen: 20_000, version: 0 });
    const said = await raceBehind(db, reserveRow(), 2, [set(1_000), set(3_000)]);
    expect(said.filter(({ ok }) => ok)).toHaveLength(1);
    expect(said.find(({ ok }) => !ok)).toMatchObject({ reason: "overtaken" });
    await isSound();
  });
});

describe("terms", () => {
  test("hold within their bounds, for what is sold from then on, and say who set them", async () => {
    const { db } = database;
    const { scope, listing, cooperativeId } = await delivered();
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
    expect((await held())[0]).toBe(143);
    expect(await set(1_000, 20_000)).toEqual({ ok: true, isChanged: false });
    expect(await set(2_000, 20_000)).toEqual({ ok: false, reason: "overtaken" });
    await buy(listing, 2);
    expect(await tend(cooperativeId)).toBe(35);
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
    await isSound();
  });

  test("a ceiling holds, and what stands above a lower one is released at once", async () => {
    const { db } = database;
    const { scope, cooperativeId } = await delivered();
    await tend(cooperativeId);
    const terms = { rateBasisPoints: 5_000, ceilingFen: 30_000 };
    await setReserveTerms(db, scope, { ...terms, version: 0 });
    // Half of a fee of 30 % on ¥1,000.
    await sql`update cooperatives set fee_basis_points = 3000`.execute(db);
    const household = await makeHousehold(db, {
      cooperative: { id: cooperativeId, regionCode: "513423" },
    });
    const dear = await makeListing(db, { lots: [{ household, quantity: 4 }], priceFen: 50_000 });
    await buy(dear, 2);
    await tend(cooperativeId);
    expect((await held())[0]).toBe(15_000 + 143);
    await setReserveTerms(db, scope, { rateBasisPoints: 5_000, ceilingFen: 10_000, version: 1 });
    expect((await held())[0]).toBe(10_000);
    await isSound();
  });
});
