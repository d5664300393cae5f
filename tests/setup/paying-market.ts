import { createTestDatabase, type TestDatabase } from "./database.ts";
import { startTestPayments, type TestPayments } from "./payments.ts";

/** A database of its own and a Stripe of its own beside it. */
export type PayingMarket = TestDatabase & { payments: TestPayments };

/** Opens both; whoever opened them closes them with `drop`. */
export async function openPayingMarket(): Promise<PayingMarket> {
  const payments = await startTestPayments();
  const database = await createTestDatabase();
  const drop = async () => {
    await payments.close();
    await database.drop();
  };
  return { ...database, payments, drop };
}
