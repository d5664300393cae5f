import { type RawBuilder, sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { moveAllMoney } from "#tests/factories/all-money.ts";
import { foundIn } from "#tests/factories/forge.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";

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

test("every kind of entry that no seal covers yet is held against the rows", {
  timeout: 120_000,
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
