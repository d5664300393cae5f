import { type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { reverseTransaction } from "#app/domain/ledger/reverse-transaction.ts";
import { settleCharge } from "#app/domain/payments/settle-charge.ts";
import { bookMovements } from "#app/domain/reconcile/book-movements.ts";
import { reconcile } from "#app/domain/reconcile/reconcile.ts";
import type { DB } from "#db/schema.d.ts";
import type { TestPayments } from "#tests/setup/payments.ts";
import { changingRefunds } from "./payments.ts";
import { operatorScope } from "./scopes.ts";
import { makeLostCharge } from "./unmatched.ts";

type Market = { db: Kysely<DB>; payments: TestPayments };

const [SENT_BACK, DISPUTED] = ["4000000000005126", "4000000000000259"];

/** A payment of no order whose refund its bank sends back, and one that a bank takes back. */
export async function loseCharges({ db, payments }: Market): Promise<void> {
  const back = await makeLostCharge(payments, SENT_BACK);
  await payments.stripe.refunds.create({ charge: back.chargeId, amount: 1_000 });
  await settleCharge(
    db,
    changingRefunds(payments.gateway, () => ({ status: "failed" })),
    back,
  );
  await settleCharge(db, payments.gateway, await makeLostCharge(payments, DISPUTED));
}

/** Stripe's balance shows the lines of disputes that were only told of (disputes.ts). */
async function showTold(db: Kysely<DB>): Promise<void> {
  await sql`
    insert into stripe_movements (id, stripe_id, type, category, source, fen, fee_fen, currency,
      moved_at, available_at)
    select gen_random_uuid(), split_part(t.idempotency_key, ':', 2), 'adjustment', 'dispute',
      d.stripe_dispute_id, p.fen, coalesce((select f.fen from ledger_transactions of
        join postings f on f.transaction_id = of.id and f.fen > 0
        where of.idempotency_key = 'dispute-fee:' || split_part(t.idempotency_key, ':', 2)), 0),
      'cny', t.occurred_at, t.occurred_at
    from ledger_transactions t join disputes d on d.id = t.cause_id
    join postings p on p.transaction_id = t.id
    join ledger_accounts a on a.id = p.account_id and a.code = 'stripe:clearing'
    where t.cause_type = 'dispute' and t.idempotency_key like 'dispute:%'
    on conflict (stripe_id) do nothing`.execute(db);
}

/**
 * Takes down Stripe's lines and books what only they tell: the fees of charges and, made up, one
 * of each other kind: a fee of the account, a payout to our bank, a fee for a refund of an order and
 * one of none; and of each another one that Stripe has not and that an operator has reversed.
 */
export async function bookLines({ db, payments }: Market): Promise<void> {
  await reconcile(db, payments.gateway, { graceMinutes: 0 });
  await showTold(db);
  const given = db
    .selectFrom("refunds")
    .select("stripe_refund_id as source")
    .where("status", "=", "succeeded")
    .where("stripe_refund_id", "is not", null)
    .orderBy("id");
  const { source: ours } = await given.limit(1).executeTakeFirstOrThrow();
  const { idempotency_key: key } = await db
    .selectFrom("ledger_transactions")
    .select("idempotency_key")
    .where("idempotency_key", "like", "unmatched-refund:%")
    .limit(1)
    .executeTakeFirstOrThrow();
  const lines = [
    { category: "fee", fen: -700, fee_fen: 0, source: null },
    { category: "payout", fen: -9_000, fee_fen: 25, source: null },
    { category: "refund", fen: 0, fee_fen: 30, source: ours },
    { category: "refund", fen: 0, fee_fen: 40, source: key.slice("unmatched-refund:".length) },
  ];
  await bookMade(db, lines);
  const missing = lines.map((line) => ({ ...line, fen: line.fen * 2, fee_fen: line.fee_fen * 2 }));
  await reverseMade(db, await bookMade(db, [...missing, await chargeLine(db)]));
}

type Line = { category: string; fen: number; fee_fen: number; source: string | null };

/** Stripe's balance is said to have shown these, and they are booked; answers Stripe's ids. */
async function bookMade(db: Kysely<DB>, lines: readonly Line[]): Promise<string[]> {
  const at = new Date("2026-11-22T02:00:00Z");
  const rows = lines.map((line) => ({
    ...{ ...line, id: uuidv7(), stripe_id: `txn_${uuidv7()}`, type: line.category },
    ...{ currency: "cny", moved_at: at, available_at: at },
  }));
  await db.insertInto("stripe_movements").values(rows).execute();
  await bookMovements(db);
  return rows.map((row) => row.stripe_id);
}

/** A second fee of a charge of an order. */
async function chargeLine(db: Kysely<DB>): Promise<Line> {
  const { source } = await db
    .selectFrom("stripe_movements")
    .select("source")
    .where("category", "=", "charge")
    .where("source", "in", db.selectFrom("payments").select("charge_id"))
    .limit(1)
    .executeTakeFirstOrThrow();
  return { category: "charge", fen: 0, fee_fen: 50, source };
}

/** Stripe has none of these, an operator reverses what was booked, and it has the first after all. */
async function reverseMade(db: Kysely<DB>, lines: readonly string[]): Promise<void> {
  const operator = operatorScope({ userId: "operator" });
  const ofThese = sql`stripe_id = any(${[...lines]}::text[])`;
  await sql`update stripe_movements set missing_at = now() where ${ofThese}`.execute(db);
  const { rows } = await sql<{ id: string }>`
    select t.id from ledger_transactions t
    join stripe_movements m on m.stripe_id = split_part(t.idempotency_key, ':', 2)
    where ${ofThese}`.execute(db);
  for (const { id } of rows) {
    const asked = { transactionId: id, reason: "Stripe has no such line", clientKey: uuidv7() };
    const done = await reverseTransaction(db, operator, asked);
    if (!done.ok) throw new Error(done.reason);
  }
  await sql`update stripe_movements set missing_at = null where stripe_id = ${lines[0]}`.execute(
    db,
  );
  await bookMovements(db);
}
