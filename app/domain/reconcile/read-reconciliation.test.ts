import { v7 as uuidv7 } from "uuid";
import { beforeEach, describe, expect, test } from "vitest";
import { balanceOf, makeMovement } from "#tests/factories/balance.ts";
import { makePaidOrder } from "#tests/factories/paid-orders.ts";
import { makeHousehold } from "#tests/factories/people.ts";
import { operatorScope } from "#tests/factories/scopes.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { readLatestReconciliations, readReconciliation } from "./read-reconciliation.ts";
import { reconcile } from "./reconcile.ts";

const HOUR_MS = 3_600_000;
const scope = operatorScope({ userId: "operator" });
let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
  return () => database.drop();
});

const strangers = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    makeMovement({ id: `line_${index}`, movedAt: new Date(Date.now() - (100 - index) * HOUR_MS) }),
  );

describe("the report of a reconciliation", () => {
  test("is read page by page, each difference once, also while a newer run comes", async () => {
    const { db } = database;
    await reconcile(db, balanceOf(strangers(7)));
    const seen: number[] = [];
    let after = 0;
    const first = await readReconciliation(db, scope, {});
    const id = first?.run.id ?? "";
    for (;;) {
      const page = await readReconciliation(db, scope, { id, after, perPage: 3 });
      seen.push(...(page?.differences.map(({ place }) => place) ?? []));
      if (!page || page.next === null) break;
      after = page.next;
      await reconcile(db, balanceOf([]));
    }
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(first?.differences.map(({ stripeTransactionId }) => stripeTransactionId)).toEqual(
      strangers(7).map((line) => line.id),
    );
  });

  test("names the order of a charge; an unknown run is none", async () => {
    const { db } = database;
    const order = await makePaidOrder(db, [[await makeHousehold(db)]]);
    const id = uuidv7();
    await db
      .insertInto("payments")
      .values({
        ...{ id, order_id: order.id, checkout_session_id: id, payment_intent_id: `pi_${id}` },
        ...{ charge_id: "ch_1", status: "succeeded", fen: 3_790, currency: "cny" },
        paid_at: new Date(),
      })
      .execute();
    await reconcile(db, balanceOf([makeMovement({ id: "line_1", sourceId: "ch_1" })]));
    const found = await readReconciliation(db, scope, {});
    expect(found?.differences).toMatchObject([
      { kind: "at-stripe-only", orderNumber: order.number, stripeFen: 6_780, ledgerFen: null },
    ]);
    expect(await readReconciliation(db, scope, { id: uuidv7() })).toBeNull();
    expect(await readReconciliation(db, scope, { id: "x' or 1=1" })).toBeNull();
  });

  test("tells of the last runs, and of one that failed only while none has followed", async () => {
    const { db } = database;
    expect(await readLatestReconciliations(db, scope, { limit: 5 })).toEqual({
      runs: [],
      failedAt: null,
    });
    const away = {
      listMovements: async () => ({ ok: false, reason: "payments-unavailable" }) as const,
    };
    await reconcile(db, balanceOf(strangers(2)), { now: new Date(Date.now() - HOUR_MS) });
    await reconcile(db, away);
    expect(await readLatestReconciliations(db, scope, { limit: 5 })).toMatchObject({
      runs: [{ differenceCount: 2, movementCount: 2, stripeFen: 2 * 6_780, ledgerFen: 0 }],
      failedAt: expect.any(Date),
    });
    await reconcile(db, balanceOf(strangers(2)), { now: new Date(Date.now() + 1_000) });
    const { runs, failedAt } = await readLatestReconciliations(db, scope, { limit: 5 });
    expect([runs.length, failedAt]).toEqual([2, null]);
  });
});
