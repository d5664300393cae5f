import { type RawBuilder, sql, type Transaction } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { DB } from "#db/schema.d.ts";
import { moveAllMoney } from "#tests/factories/all-money.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { sealLedger } from "./seal-ledger.ts";
import { verifyWithin } from "./verify-ledger.ts";

let market: TestDatabase & { payments: TestPayments };
beforeAll(async () => {
  const payments = await startTestPayments();
  market = { ...(await createTestDatabase()), payments };
  await moveAllMoney(market);
  await sealLedger(market.db);
}, 60_000);
afterAll(async () => {
  await market.payments.close();
  await market.drop();
});

const sold = "order_id in (select cause_id from ledger_transactions where kind = 'sale')";
const ofSold = `order_line_id in (select id from order_lines where ${sold})`;
/**
 * The tables that say who has which money, and by what one row is of another kind than the next: of
 * each kind one is forged. Snapshots see verify-ledger.test.ts; Stripe's own lines are reconcile's.
 */
const TABLES: Record<string, { kinds: string; where?: string }> = {
  orders: { kinds: "status, paid_at is null, id in (select order_id from payments)" },
  // What no sale is of is no money yet.
  order_lines: {
    kinds: `cooperative_id, id in (select order_line_id from line_weights), split_from_id is null,
      substitution_id is null`,
    where: sold,
  },
  allocations: { kinds: "state", where: ofSold },
  parcels: { kinds: "status, part", where: sold },
  refunds: { kinds: "status, bank_reference is null, reason" },
  refund_parts: {
    kinds: `split_part(account_code, ':', 1),
      (select status = 'failed' from refunds r where r.id = refund_id)`,
  },
  ...{ substitutions: { kinds: "state" }, substitution_lots: { kinds: "substitution_id" } },
  ...{ parcel_splits: { kinds: "id" }, split_lines: { kinds: "split_id" } },
  ...{ claims: { kinds: "fault" }, claim_lines: { kinds: "claim_id" } },
  reserve_moves: { kinds: "sign(fen), claim_id is null" },
  ...{ reserves: { kinds: "version" }, reserve_shares: { kinds: "dropped_by is null" } },
  ...{ lots: { kinds: "household_id" }, line_weights: { kinds: "refund_id is null" } },
  ...{ line_shortages: { kinds: "id" }, unmatched_payments: { kinds: "id" } },
  ...{ relief_accounts: { kinds: "id" }, payments: { kinds: "status" } },
  ...{ payout_runs: { kinds: "status" }, payout_reversals: { kinds: "status" } },
  substitution_parts: { kinds: "split_part(account_code, ':', 1)" },
  payouts: { kinds: "status, bounce_reason = 'run-reversed'" },
  ledger_accounts: { kinds: "split_part(code, ':', 1)" },
  disputes: { kinds: "status, fen = 3000" },
  // Of the notes those that money, or what may be kept of it, hangs on.
  audit_log: {
    kinds: "action",
    where: `action ~ '^parcel.(short|weighed|split|substitute-.+)$' or action in (
      'ledger.reversed', 'reserve.set', 'payout-run.reversed', 'payout-run.reversal-asked')`,
  },
  // Any change of these breaks their seal.
  ledger_transactions: { kinds: "kind is null" },
  postings: { kinds: "relief_account_id is null" },
  ledger_seals: { kinds: "id" },
};

/** Rows that are sealed as they stand, to the last column. */
const SEALED = ["ledger_transactions", "postings", "ledger_seals"];

/** Columns that carry no money, by why: "*" stands for every table but the sealed ones. */
const CARRY_NONE: Record<string, string> = {
  "when a row was written, last changed or looked at": `*.created_at *.updated_at reserves.since_seq
    orders.expires_at orders.closed_at refunds.told_at refunds.try_again_at refunds.asking_at disputes.due_at
    unmatched_payments.looked_at payout_runs.prepared_at claims.due_at claims.sent_at`,
  "who bought, asked or confirmed, and where it goes": `orders.buyer_user_id orders.visitor_id
    orders.address orders.address_revision orders.locale orders.note orders.gift_words refunds.asked_by_user_id payout_runs.prepared_by_user_id
    payout_runs.confirmed_by_user_id parcels.weight_grams parcels.carrier parcels.tracking_number`,
  "names and keys that no money hangs on": `orders.number orders.idempotency_key
    payout_runs.number payout_runs.client_key claims.client_key parcel_splits.client_key substitutions.client_key substitution_parts.id line_shortages.id line_weights.id audit_log.id audit_log.before
    relief_accounts.programme_id allocations.id refund_parts.id`,
  "Stripe's names: reconcile finds by them what is at Stripe": `orders.checkout_session_id
    orders.checkout_url orders.is_payment_declined orders.is_payment_processing orders.bank_refused_at orders.closed_pages payments.checkout_session_id
    payments.payment_intent_id payments.balance_transaction_id
    disputes.stripe_dispute_id unmatched_payments.payment_intent_id`,
  "what somebody is told of it": `order_lines.title_zh order_lines.title_en order_lines.grade
    order_lines.ships_from refunds.note
    refunds.refusals refunds.parcel_id substitutions.note substitutions.difference_note claims.words claims.reason disputes.reason
    payout_reversals.reason payout_reversals.note`,
  "to which bank it went: no row but this one says it": `payouts.bank_account_name
    payouts.bank_account_number payouts.bank_name`,
  "what a run was asked to pay: its items say what it pays": `payout_runs.sold_until
    payout_runs.minimum_fen`,
  "which harvest of its listing": "lots.harvested_on",
};
const FREE = new Set(Object.values(CARRY_NONE).flatMap((names) => names.split(/\s+/)));

/** The same for some rows, or some values, of a column. */
const SPARED: [RegExp, string][] = [
  [/^orders pending-payment t (t: \w+_fen|f( d|: (id|\w+_fen)))/, "what is unpaid is no money yet"],
  [/^refunds succeeded \w+ [\w-]+: status = 'pending'/, "the money has left us either way"],
  [/^refunds .*: stripe_refund_id/, "Stripe's name; held by the fee for it where there is one"],
  [/^refunds (?!failed t by-hand).*: failure/, "what is told of it; that a hand gave it is held"],
  [/^refunds \w+ f by-transfer: bank_reference = .*x'/, "a name; that there is one is held"],
  [
    /^refunds .*: idempotency_key = .*x'/,
    "its beginning names the payment; of some the rest another",
  ],
  [/^refunds \w+ t [\w-]+: reason = /, "what is told of it; that it is a transfer is held"],
  [/^refunds \w+ t [\w-]+: stands_for_refund_id = null/, "its own parts say what it gives"],
  [/^refund_parts owed t: replaces_refund_id = null/, "it gives nothing, in nobody's stead"],
  [/^audit_log .*: actor_user_id = coalesce/, "which of the operators; that it was one is held"],
  [/^order_lines \S+ f t t: unit(_grams)? = /, "what is told of it where nobody weighs it"],
  [/^substitutions open: answer_by = /, "nobody has answered"],
  [/^substitutions \w+: ended_at = /, "when it was; that it was in time is held"],
  [/^line_weights t: client_key = /, "a name; it gave nothing, and that it is there is held"],
  [/^payouts prepared: id/, "nothing is posted of it yet"],
  [
    /^payouts (prepared|paid|bounced f): (bounce_reason|bank_paid_at) = /,
    "what its bank said of it; of a run that was taken back both are held",
  ],
];

/** What PostgreSQL says when a unique index has the value already. */
const TAKEN = "23505";

type Column = { name: string; type: string; nullable: boolean; allowed: string[] };

async function readColumns(trx: Transaction<DB>, table: string): Promise<Column[]> {
  const { rows } = await sql<Column>`
    select c.column_name as name, c.data_type as type, c.is_nullable = 'YES' as nullable,
      coalesce((select array_agg(w[1]) from pg_constraint k,
        regexp_matches(pg_get_constraintdef(k.oid), '''([^'']+)''', 'g') w
        where k.conrelid = ${table}::regclass and k.contype = 'c'
          and pg_get_constraintdef(k.oid) like 'CHECK ((' || c.column_name || ' = ANY%'), '{}') as allowed
    from information_schema.columns c
    where c.table_schema = 'public' and c.table_name = ${table} order by c.ordinal_position`.execute(
    trx,
  );
  return rows;
}

/** What a forger may write into a column instead of what is there. */
function forgeries(table: string, { name, type, nullable, allowed }: Column): string[] {
  const another = `coalesce((select x.${name} from ${table} x where x.${name} <> t.${name}
    order by 1 limit 1), t.${name})`;
  const of: Record<string, string[]> = {
    uuid: ["gen_random_uuid()", another],
    bigint: [`t.${name} + 1`],
    integer: [`t.${name} + 1`],
    boolean: [`not t.${name}`],
    bytea: [`sha256(coalesce(t.${name}, ''))`],
    date: [`t.${name} - 1`],
    "timestamp with time zone": [`coalesce(t.${name}, now()) - interval '1 day'`],
    jsonb: ["'{}'"],
    text: name.endsWith("code")
      ? [another]
      : [`coalesce(t.${name}, gen_random_uuid()::text) || 'x'`],
  };
  const words =
    name === "status" && table === "disputes" ? ["won", "lost", "needs_response"] : allowed;
  const values = words.length > 0 ? words.map((word) => `'${word}'`) : of[type];
  if (!values) throw new Error(`${table}.${name} is ${type}`);
  return nullable ? [...values, "null"] : values;
}

/** Whether what was done is noticed, by the database or by us; null when nothing was changed by it. */
async function isNoticed(trx: Transaction<DB>, forgery: RawBuilder<unknown>) {
  await sql`savepoint forged`.execute(trx);
  const found = await forgery.execute(trx).then(
    async ({ numAffectedRows }) =>
      numAffectedRows ? (await verifyWithin(trx)).differences.length > 0 : null,
    (error: { code?: string }) => {
      if (error.code !== TAKEN) throw error;
      return true;
    },
  );
  await sql`rollback to savepoint forged`.execute(trx);
  return found;
}

/** Takes away what the database itself would refuse: its owner can. */
async function unlock(trx: Transaction<DB>): Promise<void> {
  await sql`set local session_replication_role = replica`.execute(trx);
  await sql`alter table ledger_transactions alter seq drop identity`.execute(trx);
  await sql`alter table ledger_seals alter seq drop identity`.execute(trx);
  await sql`do $$ declare k record; begin
    for k in select conrelid::regclass as t, conname from pg_constraint
      where contype = 'c' and connamespace = 'public'::regnamespace loop
      execute format('alter table %s drop constraint %I', k.t, k.conname);
    end loop; end $$`.execute(trx);
}

type Kind = { at: string; kind: string };

async function unnoticedOf(trx: Transaction<DB>, table: string, columns: Column[]) {
  const { kinds, where = "true" } = TABLES[table] ?? { kinds: "id" };
  const given = sql.raw(table);
  const { rows } = await sql<Kind>`
    select min(ctid::text) as at, concat_ws(' ', ${sql.raw(kinds)}) as kind
    from ${given} where ${sql.raw(where)} group by ${sql.raw(kinds)}`.execute(trx);
  const unnoticed: string[] = [];
  for (const { at, kind } of rows) {
    const gone = sql`delete from ${given} where ctid = ${at}::tid`;
    if (!(await isNoticed(trx, gone))) unnoticed.push(`${table} ${kind} deleted`);
  }
  const isFree = ({ name }: Column) =>
    FREE.has(`${table}.${name}`) || (!SEALED.includes(table) && FREE.has(`*.${name}`));
  const sets = columns.filter(isFree).map((column) => {
    return sql`${sql.raw(column.name)} = ${sql.raw(forgeries(table, column)[0] ?? "")}`;
  });
  if (sets.length > 0 && (await isNoticed(trx, sql`update ${given} t set ${sql.join(sets)}`))) {
    unnoticed.push(`${table}: a column is held that need not be free`);
  }
  for (const column of columns.filter((each) => !isFree(each))) {
    const name = sql.raw(column.name);
    for (const value of forgeries(table, column)) {
      const set = sql`update ${given} t set ${name} = ${sql.raw(value)}
        where t.${name} is distinct from ${sql.raw(value)}`;
      const said = value.startsWith("coalesce((") ? "another's" : value;
      for (const { at, kind } of rows) {
        const isMissed = (await isNoticed(trx, sql`${set} and t.ctid = ${at}::tid`)) === false;
        if (isMissed) unnoticed.push(`${table} ${kind}: ${column.name} = ${said}`);
      }
    }
  }
  return unnoticed;
}

test("every column of every table of money is held against the rest", {
  timeout: 240_000,
}, async () => {
  const undone = new Error("undone");
  const unnoticed: string[] = [];
  const forging = market.db.transaction().execute(async (trx) => {
    expect((await verifyWithin(trx)).differences).toEqual([]);
    const tables = Object.keys(TABLES);
    const columns = new Map<string, Column[]>();
    for (const table of tables) columns.set(table, await readColumns(trx, table));
    await unlock(trx);
    for (const table of tables)
      unnoticed.push(...(await unnoticedOf(trx, table, columns.get(table) ?? [])));
    throw undone;
  });
  await expect(forging).rejects.toBe(undone);
  expect(unnoticed.filter((each) => !SPARED.some(([spared]) => spared.test(each)))).toEqual([]);
  const spared = SPARED.filter(([of]) => !unnoticed.some((each) => of.test(each)));
  expect(spared).toEqual([]);
});
