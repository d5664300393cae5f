import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { claimIdOf } from "#tests/factories/claims.ts";
import { makeReserveDesk } from "#tests/factories/reserves.ts";
import { colleagueOf } from "#tests/factories/scopes.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { assignFault } from "../claims/assign-fault.ts";
import { hoursAfter } from "../claims/claim-rules.ts";
import { confirmRun } from "../payouts/confirm-run.ts";
import { prepareRun } from "../payouts/prepare-run.ts";
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

const delivered = () => makeReserveDesk(database.db, payments);
const carrier = { kind: "accept", fault: "carrier", reason: "压坏了" } as const;

describe("a reserve for claims", () => {
  test("takes a fifth of an order's fee, once, and gives it back when nothing can be claimed any more", async () => {
    const desk = await delivered();
    const { orderId } = desk;
    expect(await desk.held()).toEqual([0, 717]);
    expect(await desk.tend()).toBe(143);
    expect(await desk.tend()).toBe(0);
    expect(await desk.held()).toEqual([143, 574]);
    const shares = () =>
      database.db.selectFrom("reserve_shares").select(["order_id", "fen", "dropped_by"]).execute();
    expect(await shares()).toEqual([{ order_id: orderId, fen: 143, dropped_by: null }]);
    expect(await desk.tend(hoursAfter(new Date(), 48.9))).toBe(0);
    expect(await desk.tend(hoursAfter(new Date(), 49.1))).toBe(-143);
    expect(await desk.held()).toEqual([0, 717]);
    await desk.isSound();
  });

  test("is drawn before the fees are for what the carrier spoiled, and is filled again", async () => {
    const desk = await delivered();
    const { claim, answer, carryOut } = desk;
    await desk.tend();
    const claimId = claimIdOf(await claim({ percent: 50 }));
    await answer(claimId, carrier);
    // Half of ¥119.60 goes back: ¥3.59 of the fee, and ¥56.21 that it bears for the households.
    expect(await desk.held()).toEqual([0, 574 + 143 - 5_621]);
    await carryOut();
    expect(await desk.held()).toEqual([0, 717 - 5_621 - 359]);
    // Fees below zero: there is nothing to keep, whatever is needed.
    expect(await desk.tend()).toBe(0);
    await desk.isSound();
  });

  test("is not touched by what is the farm's fault, and holds for it what its household lacks", async () => {
    const { db } = database;
    const desk = await delivered();
    const { claim, answer, carryOut, scope } = desk;
    await sql`update households set bank_account_name = 'a', bank_name = 'b',
      bank_account_number = '6222021234567890123'`.execute(db);
    const run = await prepareRun(db, scope, { clientKey: uuidv7() });
    if (!run.ok) throw new Error(run.reason);
    await confirmRun(db, colleagueOf(scope), run);
    await desk.tend();
    expect(await desk.held()).toEqual([143, 574]);
    const claimId = claimIdOf(await claim({ percent: 10 }));
    await answer(claimId, { kind: "accept", fault: "farm", reason: "" });
    await carryOut();
    expect(await desk.held()).toEqual([143, 717 - 143 - 72]);
    // The households had been paid: ¥11.24 is the market's to lend, and all the cooperative has is held for it.
    expect(await desk.tend()).toBe(717 - 72 - 143);
    expect(await desk.held()).toEqual([645, 0]);
    const [move] = await database.db
      .selectFrom("reserve_moves")
      .select(["overdrawn_fen", "shares_fen", "own_fen"])
      .where("number", "=", 2)
      .execute();
    expect(move).toEqual({ overdrawn_fen: 1_124, shares_fen: 143, own_fen: 645 });
    // Whose fault it was is said anew: what it bears comes out of what is held.
    await assignFault(db, scope, { claimId, fault: "cooperative" });
    expect(await desk.held()).toEqual([0, 645 - 1_124]);
    await desk.tend();
    await desk.isSound();
  });

  test("keeps nothing for an order that nobody can claim for any more when it is first counted", async () => {
    const desk = await delivered();
    expect(await desk.tend(hoursAfter(new Date(), 50))).toBe(0);
    const shares = await database.db.selectFrom("reserve_shares").selectAll().execute();
    expect(shares).toMatchObject([{ fen: 143 }]);
    expect(shares[0]?.dropped_by).toBe(shares[0]?.added_by);
    await desk.isSound();
  });

  test("keeps for an order that has a claim waiting, however long it waits", async () => {
    const desk = await delivered();
    const { claim } = desk;
    await claim({ percent: 50 });
    await desk.tend();
    expect(await desk.tend(hoursAfter(new Date(), 200))).toBe(0);
    expect(await desk.held()).toEqual([143, 574]);
  });

  test("keeps nothing for what was sold before there were reserves, and leaves its entries alone", async () => {
    const { db } = database;
    const desk = await delivered();
    await sql`update reserves set since_seq = (select max(seq) from ledger_transactions)`.execute(
      db,
    );
    expect(await desk.tend()).toBe(0);
    expect(await desk.held()).toEqual([0, 717]);
    await desk.buy(2);
    expect(await desk.tend()).toBe(71);
    await desk.isSound();
  });

  test("is counted from the ledger as it is sealed, and not before", async () => {
    const desk = await delivered();
    const { cooperativeId } = desk;
    expect(await tendReserve(database.db, { cooperativeId })).toEqual({ fen: 0 });
    await desk.isSound();
  });
});
