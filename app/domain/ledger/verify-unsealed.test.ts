import { type RawBuilder, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { moveAllMoney } from "#tests/factories/all-money.ts";
import { foundIn } from "#tests/factories/forge.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { ENTRY_FORMS, nameOf } from "./entry-forms.ts";

let market: TestDatabase & { payments: TestPayments };
beforeAll(async () => {
  const payments = await startTestPayments();
  market = { ...(await createTestDatabase()), payments };
  await moveAllMoney(market);
}, 60_000);
afterAll(async () => {
  await market.payments.close();
  await market.drop();
});

type Entry = { id: string; of: string; postings: { id: string; code: string }[] };

/** One of each kind, of each cause, with other accounts in it. */
async function readEntries(): Promise<Entry[]> {
  const { rows } = await sql<Entry>`
    with entry as (
      select t.id, concat_ws(' ', t.cause_type, t.kind, split_part(t.idempotency_key, ':', 1),
          string_agg(distinct split_part(a.code, ':', 1), '+')) as of,
        jsonb_agg(jsonb_build_object('id', p.id, 'code', a.code) order by p.id) as postings
      from ledger_transactions t join postings p on p.transaction_id = t.id
      join ledger_accounts a on a.id = p.account_id group by t.id
    )
    select distinct on (of) * from entry order by of, id`.execute(market.db);
  return rows;
}

/** The posting stands on another account, with the tag that belongs to that. */
const moved = (id: string, code: string) => sql`
  update postings set relief_account_id = (select id from relief_accounts where 'relief:' || code = ${code}),
    account_id = (select id from ledger_accounts where code = ${code}) where id = ${id}`;

/** Another account of the same word, where there is one, and another household's. */
async function elsewhere(code: string): Promise<string[]> {
  const { rows } = await sql<{ code: string }>`
    select min(code) as code from ledger_accounts
    where code <> ${code} and split_part(code, ':', 1) = split_part(${code}, ':', 1)
    union select 'relief:LS-000301'`.execute(market.db);
  return rows.flatMap(({ code: other }) => (other && other !== code ? [other] : []));
}

type First = {
  id: string;
  form: string;
  kind: string;
  key: string;
  causeId: string;
  count: number;
};

/** Of each form the first. */
async function readFirsts(): Promise<First[]> {
  const { rows } = await sql<First>`
    select distinct on (form) id, form, kind, idempotency_key as key, cause_id as "causeId", count from (
      select *, concat_ws(' ', cause_type, kind, split_part(idempotency_key, ':', 1)) as form,
        count(*) over (partition by cause_id, split_part(idempotency_key, ':', 1))
      from ledger_transactions) t order by form, seq`.execute(market.db);
  return rows;
}

/** Another one of the same cause, as the same kind: from one household to another of no order. */
const another = (forged: string, id: string, key: string) => sql`
  with forged as (
    insert into ledger_transactions (id, kind, cause_type, cause_id, idempotency_key, occurred_at)
    select ${forged}::uuid, kind, cause_type, cause_id, ${key}, occurred_at
    from ledger_transactions where id = ${id} returning id, seq
  )
  insert into postings (id, transaction_id, transaction_seq, account_id, relief_account_id, fen)
  select gen_random_uuid(), forged.id, seq, r.ledger_account_id, r.id, v.fen
  from forged, (values ('LS-000123', 500), ('LS-000301', -500)) v(code, fen)
  join relief_accounts r using (code)`;

/** Its own postings a second time. */
const twice = (forged: string, id: string, key: string) => sql`
  with forged as (
    insert into ledger_transactions (id, kind, cause_type, cause_id, idempotency_key, occurred_at)
    select ${forged}::uuid, kind, cause_type, cause_id, ${key}, occurred_at
    from ledger_transactions where id = ${id} returning id, seq
  )
  insert into postings (id, transaction_id, transaction_seq, account_id, order_line_id,
    relief_account_id, fen)
  select gen_random_uuid(), forged.id, forged.seq, account_id, order_line_id, relief_account_id, fen
  from forged, postings where transaction_id = ${id}`;

test("every form of entry stands for one row, and is named where it stands for none", {
  timeout: 240_000,
}, async () => {
  const { db } = market;
  const firsts = await readFirsts();
  // Whatever comes to be posted must be among what is made here, and is forged with it.
  expect(firsts.map(({ form }) => form).sort()).toEqual(ENTRY_FORMS.map(nameOf).sort());
  const prefixOf = (key: string) => key.slice(0, key.indexOf(":"));
  const forgeries: Record<string, (of: First & { forged: string }) => RawBuilder<unknown>> = {
    "under its key and more": ({ id, key, forged }) => another(forged, id, `${key}:also`),
    "under a key like Stripe's": ({ id, form, key, forged }) =>
      another(forged, id, `${prefixOf(key)}:forged-${form.replaceAll(" ", "-")}`),
    "under the next number": ({ id, key, causeId, count, kind, forged }) =>
      another(
        forged,
        id,
        `${prefixOf(key)}:${causeId}:${count + 1}${kind === "reversal" ? ":" : ""}`,
      ),
    twice: ({ id, key, forged }) => twice(forged, id, `${key}:also`),
    "of nothing": ({ id }) =>
      sql`update ledger_transactions set cause_id = gen_random_uuid() where id = ${id}`,
  };
  const unnoticed: string[] = [];
  for (const [what, forge] of Object.entries(forgeries)) {
    const all = firsts.map((first) => ({ ...first, forged: uuidv7() }));
    // All together, and by itself what is not named itself then.
    const found = JSON.stringify(await foundIn(db, all.map(forge)));
    for (const one of all) {
      const isNamed =
        found.includes(one.forged) || (what === "of nothing" && found.includes(one.id));
      if (!isNamed && (await foundIn(db, [forge(one)])).length === 0) {
        unnoticed.push(`${one.form} ${what}`);
      }
    }
  }
  expect(unnoticed).toEqual([]);
});

test("every kind of entry that no seal covers yet is held against the rows", {
  timeout: 240_000,
}, async () => {
  const { db } = market;
  expect(await foundIn(db, [])).toEqual([]);
  await sql`insert into ledger_accounts (id, code, kind) values
    (gen_random_uuid(), 'owed:bb', 'liability') on conflict do nothing`.execute(db);
  const unnoticed: string[] = [];
  const mustBeSeen = async (what: string, ...forgeries: RawBuilder<unknown>[]) => {
    if ((await foundIn(db, forgeries)).length === 0) unnoticed.push(what);
  };
  for (const { id, of, postings } of await readEntries()) {
    const where = sql`where transaction_id = ${id}`;
    for (const times of [2, -1]) {
      await mustBeSeen(
        `${of}: times ${times}`,
        sql`update postings set fen = fen * ${times} ${where}`,
      );
    }
    const gone = [
      sql`delete from postings ${where}`,
      sql`delete from ledger_transactions where id = ${id}`,
    ];
    await mustBeSeen(`${of}: gone`, ...gone);
    for (const { id: postingId, code } of postings) {
      for (const other of await elsewhere(code)) {
        await mustBeSeen(`${of}: ${code} to ${other}`, moved(postingId, other));
      }
    }
  }
  expect(unnoticed).toEqual([]);
});
