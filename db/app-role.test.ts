import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makePaidOrder } from "#tests/factories/paid-orders.ts";
import { makeHousehold } from "#tests/factories/people.ts";
import { createTestDatabase, openAsApp, type TestDatabase } from "#tests/setup/database.ts";

let database: TestDatabase;
let app: ReturnType<typeof openAsApp>;
beforeAll(async () => {
  database = await createTestDatabase();
  app = openAsApp(database);
  await makePaidOrder(database.db, [[await makeHousehold(database.db)]]);
});
afterAll(async () => {
  await app.destroy();
  await database.drop();
});

describe("the role the market runs as", () => {
  test.each([
    ["relief_accounts", "ledger_account_id = gen_random_uuid()"],
    ["allocations", "relief_account_id = gen_random_uuid()"],
    ["allocations", "lot_id = gen_random_uuid()"],
    ["order_lines", "unit_price_fen = 1"],
    ["orders", "total_fen = 1"],
    ["payments", "fen = 1"],
    ["refunds", "fen = 1"],
    ["payouts", "fen = 1"],
    ["payouts", "bank_account_number = '1'"],
    ["payout_runs", "total_fen = 1"],
    ["parcel_events", "note = ''"],
    ["audit_log", "action = ''"],
    ["refund_parts", "fen = 1"],
    ["listing_certificates", "valid_until = '2099-01-01'"],
  ])("cannot change %s set %s", async (table, set) => {
    const change = sql`update ${sql.table(table)} set ${sql.raw(set)}`;
    await expect(change.execute(app)).rejects.toThrow("permission denied");
  });

  test.each([
    ...["relief_accounts", "allocations", "order_lines", "orders", "payments", "refunds"],
    ...["refund_parts", "payouts", "payout_runs", "parcels", "parcel_events", "lots", "disputes"],
    ...["stripe_events", "audit_log", "listing_certificates"],
  ])("cannot delete %s", async (table) => {
    await expect(sql`delete from ${sql.table(table)}`.execute(app)).rejects.toThrow(
      "permission denied",
    );
  });

  test("cannot change where a paid order goes", async () => {
    const change = sql`update orders set address = '{}'`.execute(app);
    await expect(change).rejects.toThrow("the ledger is written once");
  });

  test("may move an order on, and its allocations", async () => {
    await sql`update orders set status = 'packing', updated_at = now()`.execute(app);
    await sql`update allocations set state = 'returned'`.execute(app);
    await sql`select from orders for update`.execute(app);
    await sql`update allocations set state = 'sold'`.execute(app);
  });
});

describe.each(["app", "owner"])("an allocation, written to by the %s", (who) => {
  const change = (set: string) =>
    sql`update allocations set ${sql.raw(set)}`.execute(who === "app" ? app : database.db);

  test("keeps what was sold as it was sold", async () => {
    await expect(change("fen = fen + 1")).rejects.toThrow("the ledger is written once");
    await expect(change("quantity = 99")).rejects.toThrow("the ledger is written once");
  });

  test("is made anew only once it was released", async () => {
    await change("state = 'released'");
    await change("fen = fen, quantity = quantity, state = 'sold'");
    await expect(change("fen = 1")).rejects.toThrow("the ledger is written once");
  });
});
