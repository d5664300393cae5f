import { type Transaction as DbTransaction, type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { Charge, Dispute } from "#app/gateways/payments.ts";
import type { DB } from "#db/schema.d.ts";
import { type LedgerEntry, postTransaction } from "../ledger/post.ts";
import { movedByDispute, suffixOf } from "./moved-by-dispute.ts";

type UnmatchedCharge = Charge & { paid: NonNullable<Charge["paid"]> };

type Entry = Omit<LedgerEntry, "causeType" | "causeId">;

/** Its row, locked: the one that there is, also when another look has just written it. */
async function lockRow(trx: DbTransaction<DB>, charge: UnmatchedCharge): Promise<string> {
  const { fen, currency, paidAt } = charge.paid;
  await trx
    .insertInto("unmatched_payments")
    .values({
      ...{ id: uuidv7(), charge_id: charge.id, payment_intent_id: charge.paymentIntentId },
      ...{ fen, currency, arrived_at: paidAt },
    })
    // By whichever of its ids the other one came first.
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const { id } = await trx
    .selectFrom("unmatched_payments")
    .select("id")
    .where("charge_id", "=", charge.id)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return id;
}

async function isTakenIn(trx: DbTransaction<DB>, charge: UnmatchedCharge): Promise<boolean> {
  const { rows } = await sql`select 1 from payments
    where charge_id = ${charge.id} or payment_intent_id = ${charge.paymentIntentId}`.execute(trx);
  return rows.length > 0;
}

/**
 * Puts a payment aside that belongs to no order: its money into suspense, and out of it what was
 * given back at Stripe and what a bank has taken, each refund, and each line of a dispute, under
 * Stripe's own id. A bank that takes such money back takes it from nobody here, so it needs no
 * verdict: what it takes is gone, and stands again when it comes back, as much as it disputes, also
 * where Stripe has exchanged it. A dispute in another currency than was paid takes no part of what was
 * put aside: it is a loss of its own currency.
 *
 * Each key is posted once, and what Stripe has told once stays true (a refund that failed is posted
 * with what took it back, as Stripe's own balance has both), so looks may be repeated, overtake each
 * other and race: one effect. An order never comes later for it: its id is made, and committed,
 * before Stripe is asked for a payment page.
 *
 * Fails with `taken-in`: an order has this payment. Locks its row. No relief account is touched:
 * this is not known to be anybody's produce.
 */
export async function keepUnmatched(
  db: Kysely<DB>,
  charge: UnmatchedCharge,
  disputes: readonly Dispute[],
): Promise<{ ok: true; id: string } | { ok: false; reason: "taken-in" }> {
  const { fen, currency, paidAt } = charge.paid;
  const suffix = suffixOf(currency);
  const [clearing, suspense] = [`stripe:clearing${suffix}`, `suspense:payments${suffix}`];
  return db.transaction().execute(async (trx) => {
    if (await isTakenIn(trx, charge)) return { ok: false, reason: "taken-in" };
    const id = await lockRow(trx, charge);
    const post = async (entry: Entry): Promise<string> => {
      const cause = { causeType: "unmatched-payment", causeId: id } as const;
      const posted = await postTransaction(trx, { ...entry, ...cause });
      if (!posted.ok) throw new Error(`${entry.idempotencyKey} is ${posted.reason}`);
      return posted.transactionId;
    };
    const move = (fromStripe: number, account = suspense, from = clearing) => [
      { account: from, fen: -fromStripe },
      { account, fen: fromStripe },
    ];
    await post({
      ...{ kind: "suspense", idempotencyKey: `unmatched:${id}`, occurredAt: paidAt },
      postings: move(-fen),
    });
    const occurredAt = new Date();
    for (const given of charge.refunds) {
      const reversesId = await post({
        ...{ kind: "refund", idempotencyKey: `unmatched-refund:${given.id}`, occurredAt },
        postings: move(given.fen),
      });
      if (given.status !== "failed") continue;
      const idempotencyKey = `unmatched-refund-failed:${given.id}` as const;
      await post({
        ...{ kind: "reversal", idempotencyKey, occurredAt, reversesId },
        postings: move(-given.fen),
      });
    }
    for (const dispute of disputes) {
      const of = suffixOf(dispute.currency);
      const account = of === suffix ? suspense : `dispute-loss:market${of}`;
      for (const line of dispute.movements) {
        const at = { occurredAt: line.movedAt };
        if (line.fen !== 0) {
          const idempotencyKey = `dispute:${line.id}` as const;
          const postings = movedByDispute(dispute, line, account);
          await post({ ...at, kind: "dispute", idempotencyKey, postings });
        }
        if (line.feeFen === 0) continue;
        const settled = suffixOf(line.currency);
        const fees = `stripe-fee:disputes${settled}`;
        const idempotencyKey = `dispute-fee:${line.id}` as const;
        const postings = move(line.feeFen, fees, `stripe:clearing${settled}`);
        await post({ ...at, kind: "stripe-fee", idempotencyKey, postings });
      }
    }
    await sql`
      update unmatched_payments set looked_at = now(), given_back_fen = fen + (
        select sum(p.fen) from ledger_transactions t join postings p on p.transaction_id = t.id
        join ledger_accounts a on a.id = p.account_id and a.code = ${suspense}
        where t.cause_type = 'unmatched-payment' and t.cause_id = ${id})
      where id = ${id}`.execute(trx);
    return { ok: true, id };
  });
}
