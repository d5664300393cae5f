import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";

const TABLES = ["ledger_transactions", "postings", "ledger_accounts", "ledger_seals"];
const WAYS = (table: string) => [
  `update ${table} set created_at = now()`,
  `delete from ${table}`,
  `truncate ${table} cascade`,
];
const SLIPPED_IN = `insert into postings (id, transaction_id, account_id, fen)
  select gen_random_uuid(), p.transaction_id, p.account_id, sign * 7
  from (select * from postings limit 1) p, (values (1), (-1)) signs (sign)`;
/** Money of a household's that nobody could trace to it any more. */
const UNTAGGED = `with t as (
    insert into ledger_transactions (id, kind, cause_type, cause_id, idempotency_key, occurred_at)
    values (gen_random_uuid(), 'sale', 'order', gen_random_uuid(), 'untagged', now()) returning id
  ) insert into postings (id, transaction_id, account_id, fen)
  select gen_random_uuid(), t.id, a.id, 7 from t, ledger_accounts a where a.code like 'relief:%'`;
/** What is written later than now would be on its way for good, and never be set against Stripe. */
const STAMPED_AHEAD = [
  `insert into ledger_transactions (id, kind, cause_type, cause_id, idempotency_key, occurred_at,
    created_at) values (gen_random_uuid(), 'suspense', 'payment', gen_random_uuid(), 'ahead', now(),
    '2099-01-01')`,
  `insert into postings (id, transaction_id, account_id, fen, created_at)
    select gen_random_uuid(), p.transaction_id, p.account_id, 7, '2099-01-01' from postings p limit 1`,
  `insert into ledger_accounts (id, code, kind, created_at)
    values (gen_random_uuid(), 'bank:ahead', 'asset', '2099-01-01')`,
  `insert into stripe_movements (id, stripe_id, type, category, fen, fee_fen, currency, moved_at,
    available_at, created_at) values (gen_random_uuid(), 'txn_ahead', 'charge', 'charge', 7, 0, 'cny',
    now(), now(), '2099-01-01')`,
];
/** What was short or light in a box is written once: forgotten, it would be given back again. */
const UNSAID = ["line_shortages", "line_weights"].flatMap((table) => [
  `update ${table} set refund_id = refund_id`,
  `delete from ${table}`,
]);
/** Who asked for a run to be taken back, and who approved it, stays written. */
const TAKEN_BACK = [
  "update payout_reversals set asked_by_user_id = asked_by_user_id",
  "update payout_reversals set note = note",
  "delete from payout_reversals",
];
/** So is what is sent later: which line a fen is of changes with it, and nowhere else. */
const REPARTED = [
  "update parcel_splits set reason = reason",
  "delete from parcel_splits",
  "update split_lines set units = units",
  "delete from split_lines",
  "update order_lines set quantity = quantity",
  "update order_lines set parcel_id = parcel_id",
];
/** So is what a buyer was asked, what was held for her answer, and who gave what for it. */
const ASKED_OTHERWISE = [
  "update substitutions set quantity = quantity",
  "update substitutions set shown = shown",
  ...["substitutions", "substitution_lots", "substitution_parts"].map(
    (table) => `delete from ${table}`,
  ),
  ...["substitution_lots", "substitution_parts"].map((table) => `update ${table} set fen = fen`),
];
const RESOLD = "update allocations set fen = fen + 1";

class Undone extends Error {}

/** True when the database says no. What it lets through is undone again. */
async function isRefused(db: Kysely<DB>, role: string, statement: string): Promise<boolean> {
  try {
    await db.transaction().execute(async (trx) => {
      await sql.raw(`set local role ${role}`).execute(trx);
      await sql.raw(statement).execute(trx);
      throw new Undone();
    });
  } catch (error) {
    return !(error instanceof Undone);
  }
  return false;
}

/** The ledger is written once: whoever tries to rewrite it, the owner or the app, is refused. */
export async function tryToRewrite(
  db: Kysely<DB>,
): Promise<{ refused: number; deviations: string[] }> {
  const deviations: string[] = [];
  let refused = 0;
  const forAll = [...TABLES.flatMap(WAYS), SLIPPED_IN, UNTAGGED, RESOLD];
  const ways = {
    postgres: forAll,
    tianji_app: [
      ...forAll,
      ...STAMPED_AHEAD,
      ...UNSAID,
      ...TAKEN_BACK,
      ...REPARTED,
      ...ASKED_OTHERWISE,
    ],
  };
  for (const [role, statements] of Object.entries(ways)) {
    for (const statement of statements) {
      if (await isRefused(db, role, statement)) refused += 1;
      else deviations.push(`${role} was let do “${statement}”`);
    }
  }
  return { refused, deviations };
}
