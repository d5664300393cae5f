import { sql } from "kysely";
import { beforeEach, describe, expect, test } from "vitest";
import { foundIn } from "#tests/factories/forge.ts";
import { makeMissing, reverse } from "#tests/factories/missing-line.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
  return () => database.drop();
});

describe("verify-ledger names a reversal by hand that", () => {
  const write = (of: string, to: ReturnType<typeof sql>) => sql`
    with wrong as (
      insert into ledger_transactions (id, kind, cause_type, cause_id, reverses_id,
        idempotency_key, occurred_at)
      select gen_random_uuid(), 'reversal', cause_type, cause_id, ${to}, 'reversal:' || id, now()
      from ledger_transactions where id = ${of} returning id, seq
    ), noted as (
      insert into audit_log (id, actor_user_id, action, subject_type, subject_id, after)
      select gen_random_uuid(), 'operator', 'ledger.reversed', 'ledger-transaction', ${of}::uuid,
        jsonb_build_object('reversalId', id, 'reason', 'forged') from wrong
    )
    insert into postings (id, transaction_id, transaction_seq, account_id, fen)
    select gen_random_uuid(), wrong.id, wrong.seq, p.account_id, -p.fen
    from wrong, postings p where p.transaction_id = ${of}`;

  test("nobody has done, is of nothing, of more or less than there was, or of a line that counts as booked", async () => {
    const { db } = database;
    const id = await makeMissing(db);
    const forged = write(id, sql`${id}::uuid`);
    const unbooked = sql`update stripe_movements set booked_at = null where stripe_id = 'forged'`;
    expect(await foundIn(db, [forged, unbooked])).toEqual([]);
    const alone = await foundIn(db, [forged]);
    expect(alone).toMatchObject([{ kind: "unposted", what: "line" }]);
    expect(await foundIn(db, [write(id, sql`null`), unbooked])).not.toEqual([]);

    expect(await reverse(db, id)).toMatchObject({ ok: true });
    const back = sql`(select id from ledger_transactions where reverses_id = ${id})`;
    const noted = sql`where action = 'ledger.reversed'`;
    const forgeries = {
      "without who": [sql`update audit_log set actor_user_id = null ${noted}`],
      "without why": [sql`update audit_log set after = after - 'reason' ${noted}`],
      "without a note": [sql`delete from audit_log ${noted}`],
      "another than was noted": [
        sql`update audit_log set after = after || '{"reversalId": "x"}' ${noted}`,
      ],
      "of nothing": [sql`update ledger_transactions set reverses_id = null where id = ${back}`],
      "not the opposite": [sql`update postings set fen = fen * 2 where transaction_id = ${back}`],
      gone: [
        sql`delete from postings where transaction_id = ${back}`,
        sql`delete from ledger_transactions where id = ${back}`,
      ],
      twice: [
        sql`alter table ledger_transactions drop constraint ledger_transactions_reverses_id_key`,
        sql`insert into ledger_transactions (id, kind, cause_type, cause_id, reverses_id,
            idempotency_key, occurred_at)
          select gen_random_uuid(), kind, cause_type, cause_id, reverses_id,
            idempotency_key || ':2', occurred_at from ledger_transactions where id = ${back}`,
      ],
      "of a line that is booked": [
        sql`update stripe_movements set booked_at = now() where stripe_id = 'forged'`,
      ],
    };
    const unnoticed: string[] = [];
    for (const [what, forgery] of Object.entries(forgeries)) {
      if ((await foundIn(db, forgery)).length === 0) unnoticed.push(what);
    }
    expect(unnoticed).toEqual([]);
  });
});
