import { type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { reverseTransaction } from "#app/domain/ledger/reverse-transaction.ts";
import { reconcile } from "#app/domain/reconcile/reconcile.ts";
import { takeFees } from "#app/domain/reconcile/take-fees.ts";
import type { Movement } from "#app/gateways/payments.ts";
import type { DB } from "#db/schema.d.ts";
import { balanceOf, makeMovement } from "./balance.ts";
import { operatorScope } from "./scopes.ts";

/** Stripe tells the same moment of a line whenever it is asked. */
const MOVED_AT = new Date(Date.now() - 24 * 60 * 60_000);

/** A line that the market books by itself; a top-up unless told otherwise. */
export const ownLine = (id: string, fen: number, category = "topup", feeFen = 0): Movement =>
  makeMovement({
    ...{ id, fen, feeFen, category, type: category },
    ...{ sourceId: `src_${id}`, movedAt: MOVED_AT },
  });

/** Reconciles with a Stripe whose balance is these lines; nothing is too young to be judged. */
export const reconcileWith = (db: Kysely<DB>, ...movements: Movement[]) =>
  reconcile(db, balanceOf(movements), { now: new Date(Date.now() + 24 * 60 * 60_000) });

/** The id of what is posted under a key. */
export async function postedAs(db: Kysely<DB>, key: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select id from ledger_transactions where idempotency_key = ${key}`.execute(db);
  if (!rows[0]) throw new Error(`nothing is posted as ${key}`);
  return rows[0].id;
}

/** A top-up "forged" beside a "real" one, booked, and by a reconciliation not found at Stripe. */
export async function makeMissing(db: Kysely<DB>): Promise<string> {
  const [real, forged] = [ownLine("real", 5_000), ownLine("forged", 9_000, "topup", 12)];
  await takeFees(db, balanceOf([real, forged]));
  await reconcileWith(db, real);
  return postedAs(db, "stripe-movement:forged");
}

/** An operator reverses it, by a form of her own unless told otherwise. */
export const reverse = (
  db: Kysely<DB>,
  transactionId: string,
  changes: { reason?: string; clientKey?: string } = {},
) =>
  reverseTransaction(db, operatorScope({ userId: "operator" }), {
    ...{ transactionId, reason: "No such line at Stripe", clientKey: uuidv7(), ...changes },
  });
