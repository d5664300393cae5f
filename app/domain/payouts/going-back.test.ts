import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import type { DB } from "#db/schema.d.ts";
import { makeCharged } from "#tests/factories/charged-orders.ts";
import { booksOf } from "#tests/factories/look.ts";
import { earn } from "#tests/factories/money.ts";
import { colleagueOf, householdScope, officerScope } from "#tests/factories/scopes.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { readEarningTotals } from "../households/read-earnings.ts";
import { readSlip } from "../households/read-slip.ts";
import { cancelOrder } from "../payments/cancel-order.ts";
import { refundPayment } from "../payments/refund-payment.ts";
import { readReliefAccount } from "../relief/read-account.ts";
import { confirmRun } from "./confirm-run.ts";
import { readOwed } from "./owed.ts";
import { prepareRun } from "./prepare-run.ts";
import { readRun } from "./read-run.ts";

let payments: TestPayments;
let database: TestDatabase;
let db: Kysely<DB>;
beforeAll(async () => {
  payments = await startTestPayments();
});
beforeEach(async () => {
  database = await createTestDatabase();
  db = database.db;
  return () => database.drop();
});
afterAll(() => payments.close());

const SHARE_FEN = 5_622;

async function makeOrder() {
  const order = await makeCharged({ db, payments });
  await db
    .updateTable("households")
    .set({ bank_account_name: "阿木", bank_name: "农信社", bank_account_number: "6222021234567" })
    .execute();
  const { id: householdId } = await db
    .selectFrom("households")
    .select("id")
    .executeTakeFirstOrThrow();
  const { cooperativeId } = order.scope;
  return { ...order, home: householdScope({ userId: "head", householdId, cooperativeId }) };
}
type Order = Awaited<ReturnType<typeof makeOrder>>;

/** Cancelled, while Stripe cannot give it back: our balance there is short for some days. */
async function cancel({ buyer, number }: Order): Promise<string> {
  const off = await cancelOrder(db, payments.gateway, buyer, { number, withRefund: true });
  expect(off).toMatchObject({ ok: true, refundFen: 6_780 });
  const { id } = await db.selectFrom("refunds").select("id").executeTakeFirstOrThrow();
  const code = "balance_insufficient";
  const refund = async () => ({ ok: false, reason: "refund-refused", code }) as const;
  const short = { ...payments.gateway, refund };
  expect(await refundPayment(db, short, { refundId: id })).toMatchObject({ status: "requested" });
  return id;
}

const prepare = ({ scope }: Order) => prepareRun(db, scope, { clientKey: uuidv7() });

it("nobody is paid out of a cancelled order whose refund is asked for and not through yet", async () => {
  const order = await makeOrder();
  const refundId = await cancel(order);
  const [row] = await readOwed(db, order.scope);
  const held = { balanceFen: SHARE_FEN, goingBackFen: SHARE_FEN };
  expect(row).toMatchObject({ ...held, payableFen: 0, reason: "going-back" });
  const leftOut = [{ fen: SHARE_FEN, reason: "going-back" }];
  expect(await prepare(order)).toMatchObject({ ok: false, reason: "nothing-owed", leftOut });

  expect(await refundPayment(db, payments.gateway, { refundId })).toMatchObject({ ok: true });
  expect((await readOwed(db, order.scope))[0]).toMatchObject({ balanceFen: 0, goingBackFen: 0 });
  expect(await booksOf(db)).toEqual({});
});

it("the household and the officer read why it is not paid; slip, sums and ledger still agree", async () => {
  const order = await makeOrder();
  const officer = officerScope({ userId: "officer", regionCode: "513423" });
  const read = async () => ({
    totals: await readEarningTotals(db, order.home),
    slip: await readSlip(db, order.home, order.lineId),
    account: await readReliefAccount(db, officer, "LS-000123"),
  });
  expect((await read()).slip).toMatchObject({ yoursFen: SHARE_FEN, goingBackFen: 0 });
  const refundId = await cancel(order);
  const owed = { owedFen: SHARE_FEN, goingBackFen: SHARE_FEN };
  expect(await read()).toMatchObject({
    totals: owed,
    slip: { yoursFen: SHARE_FEN, goingBackFen: SHARE_FEN },
    account: owed,
  });
  await refundPayment(db, payments.gateway, { refundId });
  const nothing = { owedFen: 0, goingBackFen: 0 };
  expect(await read()).toMatchObject({
    totals: nothing,
    slip: { yoursFen: 0, goingBackFen: 0 },
    account: nothing,
  });
});

it("a run that was prepared before says that a refund is under way before it is confirmed", async () => {
  const order = await makeOrder();
  const run = await prepare(order);
  if (!run.ok) throw new Error(run.reason);
  await cancel(order);
  const { runId } = run;
  expect((await readRun(db, order.scope, runId))?.items).toMatchObject([{ balanceFen: 0 }]);
  const fell = { ok: false, reason: "balance-fell" };
  expect(await confirmRun(db, colleagueOf(order.scope), { runId })).toEqual(fell);
  expect(
    await confirmRun(db, colleagueOf(order.scope), { runId, evenIfOverdrawn: true }),
  ).toMatchObject({
    ok: true,
  });
});

it("a refund under way of what was sold later takes nothing from what was sold up to the day", async () => {
  const order = await makeOrder();
  await cancel(order);
  const relief = await db.selectFrom("relief_accounts").selectAll().executeTakeFirstOrThrow();
  const home = { reliefAccountId: relief.id, reliefCode: relief.code };
  await earn(db, home, 1_000, { occurredAt: new Date(Date.now() - 3 * 86_400_000) });
  const soldUntil = shanghaiDay(new Date(Date.now() - 86_400_000));
  const [row] = await readOwed(db, order.scope, { soldUntil, minimumFen: 0 });
  expect(row).toMatchObject({ goingBackFen: SHARE_FEN, laterFen: 0, payableFen: 1_000 });
});
