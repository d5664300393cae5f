import { sql } from "kysely";
import { beforeEach, describe, expect, test } from "vitest";
import type { Movement } from "#app/gateways/payments.ts";
import { balanceOf, judgeTomorrow, moved, postLine, tomorrow } from "#tests/factories/balance.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import type { EntryKey } from "../ledger/entry-forms.ts";
import type { LedgerEntry } from "../ledger/post.ts";
import { readDifferences } from "./read-differences.ts";
import { reconcile } from "./reconcile.ts";

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
  return () => database.drop();
});

const judge = (movements: Movement[]) => judgeTomorrow(database.db, movements);
const post = (key: EntryKey, fen: number, changes?: Partial<LedgerEntry>) =>
  postLine(database.db, key, fen, changes);

/** All of the books claim to be written then. */
const stamp = (at: string) =>
  database.db.transaction().execute(async (trx) => {
    await sql`set local session_replication_role = replica`.execute(trx);
    await sql`update ledger_transactions set created_at = ${at}`.execute(trx);
  });

describe("a reconciliation", () => {
  test("judges what claims to be written later than now, by Stripe's time or at once, and names the stamp", async () => {
    const ahead = new Date("2099-01-01");
    await post("dispute:line_both", -500);
    await post("dispute:line_ours", -700);
    await stamp(ahead.toISOString());
    const atStripe = [moved("line_both", -400)];
    const at = (now: Date) => reconcile(database.db, balanceOf(atStripe), { now, all: true });

    const found = await at(tomorrow());
    expect(found).toMatchObject({ ok: true, differenceCount: 2, inFlightCount: 0 });
    const { id: reconciliationId } = found as { id: string };
    const named = await readDifferences(database.db, { reconciliationId, limit: 9 });
    expect(
      named.map(({ kind, stampedAheadAt }) => `${kind} ${stampedAheadAt?.getFullYear()}`),
    ).toEqual(expect.arrayContaining(["amounts-differ 2099", "in-ledger-only 2099"]));
    // Stripe's own is young: it may be on its way, whatever the entry claims.
    const movedAt = new Date();
    atStripe[0] = moved("line_both", -400, { movedAt });
    expect(await at(new Date())).toMatchObject({ differenceCount: 1, inFlightCount: 1 });
  });

  test("finds what claims to be written long ago, though it asks Stripe for the last days alone", async () => {
    await judge([]);
    await post("dispute:line_ours", -700);
    await stamp("2001-01-01");
    expect(await judge([])).toMatchObject({ ok: true, differenceCount: 1 });
    const { db } = database;
    await expect(
      db.selectFrom("reconciliations").select("since").orderBy("id", "desc").executeTakeFirst(),
    ).resolves.not.toEqual({ since: null });
  });

  test("takes Stripe's word for when a line moved that it has kept with another day", async () => {
    const line = moved("line_both", -400);
    await judge([line]);
    await sql`update stripe_movements set moved_at = '2099-01-01'`.execute(database.db);
    expect(await judge([line])).toMatchObject({ differenceCount: 1, inFlightCount: 0 });
  });
});
