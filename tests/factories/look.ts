import type { Kysely } from "kysely";
import { readTrialBalance } from "#app/domain/ledger/balances.ts";
import type { DB } from "#db/schema.d.ts";

/** Where the units of some lots are, lot by lot in the order of their ids. */
export const readLots = (db: Kysely<DB>, lotIds: string[]) =>
  db
    .selectFrom("lots")
    .select(["available", "held", "sold"])
    .where("id", "in", lotIds)
    .orderBy("id")
    .execute();

/** The same, added up. */
export async function stockOf(db: Kysely<DB>, lotIds: string[]) {
  const lots = await readLots(db, lotIds);
  return lots.reduce(
    (sum, lot) => ({
      available: sum.available + lot.available,
      held: sum.held + lot.held,
      sold: sum.sold + lot.sold,
    }),
    { available: 0, held: 0, sold: 0 },
  );
}

/** An order's status, its payments and its refunds, oldest first. */
export async function standingOf(db: Kysely<DB>, orderId: string) {
  const order = await db
    .selectFrom("orders")
    .select("status")
    .where("id", "=", orderId)
    .executeTakeFirstOrThrow();
  const payments = await db
    .selectFrom("payments")
    .select(["status", "fen"])
    .where("order_id", "=", orderId)
    .orderBy("id")
    .execute();
  const refunds = await db
    .selectFrom("refunds")
    .select(["id", "status", "reason", "fen"])
    .where("order_id", "=", orderId)
    .orderBy("id")
    .execute();
  return { status: order.status, payments, refunds };
}

/** Accounts that are not zero, in fen, debits positive; throws when the books do not balance. */
export async function booksOf(db: Kysely<DB>): Promise<Record<string, number>> {
  const { accounts, sumFen } = await readTrialBalance(db);
  if (sumFen !== 0) throw new Error(`the books are off by ${sumFen} fen`);
  return Object.fromEntries(
    accounts.filter(({ fen }) => fen !== 0).map(({ code, fen }) => [code, fen]),
  );
}
