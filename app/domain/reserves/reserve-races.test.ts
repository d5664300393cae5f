import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { claimIdOf, deliver, makeClaim } from "#tests/factories/claims.ts";
import { carryOutRefunds } from "#tests/factories/payments.ts";
import { makeReserveDesk, reserveRow } from "#tests/factories/reserves.ts";
import { raceBehind } from "#tests/setup/barrier.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { answerClaim } from "../claims/answer-claim.ts";
import { assignFault } from "../claims/assign-fault.ts";
import { hoursAfter } from "../claims/claim-rules.ts";
import { sealLedger } from "../ledger/seal-ledger.ts";
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

const delivered = () => makeReserveDesk(database.db, payments);
const carrier = { kind: "accept", fault: "carrier", reason: "压坏了" } as const;

describe("at the same moment", () => {
  test.each([
    "answered",
    // Nothing else of these two is waited for: their refunds went before.
    "assigned",
  ])(
    "two claims that are %s draw one reserve: no fen of it twice, and never below nothing",
    async (how) => {
      const { db } = database;
      const first = await delivered();
      const second = await first.buy(2);
      const [line] = second.lines;
      if (!line) throw new Error("no line");
      await deliver(db, line.scope, line.parcelId);
      const ids = [
        claimIdOf(await first.claim({ percent: 100 })),
        claimIdOf(await makeClaim(db, { ...second, line }, { percent: 100 })),
      ];
      const farm = { kind: "accept", fault: "farm", reason: "" } as const;
      const { scope } = first;
      if (how === "assigned") {
        for (const claimId of ids) await answerClaim(db, scope, { claimId, answer: farm });
      }
      await first.tend();
      expect((await first.held())[0]).toBe(143 + 71);
      const draws = ids.map((claimId) => (): Promise<{ ok: boolean }> => {
        if (how === "assigned") return assignFault(db, scope, { claimId, fault: "cooperative" });
        return answerClaim(db, scope, { claimId, answer: carrier });
      });
      const said = await raceBehind(db, reserveRow(), 2, draws);
      expect(said).toEqual([
        { ok: true, isNew: true },
        { ok: true, isNew: true },
      ]);
      const drawn = await db
        .selectFrom("reserve_moves")
        .select("fen")
        .where("fen", "<", 0)
        .execute();
      expect(drawn).toEqual([{ fen: -214 }]);
      expect((await first.held())[0]).toBe(0);
      for (const { orderId } of [first, second]) await carryOutRefunds(db, payments, orderId);
      await first.isSound();
    },
  );

  test("two counts are one, and a count and a claim follow each other", async () => {
    const { db } = database;
    const desk = await delivered();
    const { cooperativeId, claim, scope } = desk;
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
    await desk.isSound();
  });

  test("two who set terms: the second is told of the first", async () => {
    const { db } = database;
    const desk = await delivered();
    const { scope } = desk;
    const set = (rateBasisPoints: number) => () =>
      setReserveTerms(db, scope, { rateBasisPoints, ceilingFen: 20_000, version: 0 });
    const said = await raceBehind(db, reserveRow(), 2, [set(1_000), set(3_000)]);
    expect(said.filter(({ ok }) => ok)).toHaveLength(1);
    expect(said.find(({ ok }) => !ok)).toMatchObject({ reason: "overtaken" });
    await desk.isSound();
  });
});
