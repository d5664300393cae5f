import { createTestDatabase, openAsApp, type TestDatabase } from "./database.ts";
import { startTestPayments, type TestPayments } from "./payments.ts";

/** A database of its own and a Stripe of its own beside it. */
export type PayingMarket = TestDatabase & {
  payments: TestPayments;
  /** The database with the rights of the market: what it may not write, its verbs must not need. */
  app: ReturnType<typeof openAsApp>;
};

/** Opens both; whoever opened them closes them with `drop`. */
export async function openPayingMarket(): Promise<PayingMarket> {
  const payments = await startTestPayments();
  const database = await createTestDatabase();
  const app = openAsApp(database);
  const drop = async () => {
    await payments.close();
    await app.destroy();
    await database.drop();
  };
  return { ...database, payments, app, drop };
}
