import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readOwnPayouts } from "#app/domain/households/read-payouts.ts";
import { readTrialBalance } from "#app/domain/ledger/balances.ts";
import { differingReversals } from "#app/domain/ledger/verify-entries.ts";
import { differingPayouts } from "#app/domain/ledger/verify-postings.ts";
import { differingRuns } from "#app/domain/ledger/verify-runs.ts";
import { differingTakenBack } from "#app/domain/ledger/verify-taken-back.ts";
import { keepReport, keepTable, type MadeRun, makePayoutRun } from "#tests/factories/payout-run.ts";
import { colleagueOf, scopeOf } from "#tests/factories/scopes.ts";
import { waitUntilBlocked } from "#tests/setup/barrier.ts";
import { createTestDatabase, openAsApp, type TestDatabase } from "#tests/setup/database.ts";
import { bouncePayout } from "../bounce-payout.ts";
import { endToEndId } from "../end-to-end-id.ts";
import { lockPayouts } from "../lock-payouts.ts";
import { readOwed } from "../owed.ts";
import { approveReversal } from "./approve-reversal.ts";
import { askReversal } from "./ask-reversal.ts";
import { readReversal } from "./read-reversal.ts";
import { withdrawReversal } from "./withdraw-reversal.ts";

let test: TestDatabase;
/** What the app may not do, taking a run back must not need. */
let db: ReturnType<typeof openAsApp>;
beforeAll(async () => {
  test = await createTestDatabase();
  db = openAsApp(test);
});
afterAll(async () => {
  await db.destroy();
  await test.drop();
});

const WHY = { reason: "bank-refused", note: " 文件格式不对 " } as const;

const ask = ({ scope, runId }: MadeRun, more: Partial<typeof WHY> = {}) =>
  askReversal(db, scope, { runId, ...WHY, ...more });
const approve = ({ scope, runId }: MadeRun, shownFen: number) =>
  approveReversal(db, colleagueOf(scope), { runId, shownFen });

/** The bank says of one item that it was paid. */
async function payByBank(run: MadeRun, id: string) {
  const answers = await keepTable(db, run, [`${endToEndId(id)},成功,,`]);
  expect(await answers.take()).toMatchObject({ ok: true });
}

/** That the books hold: nothing differs of runs and payouts, and all sums to zero. */
async function expectSound() {
  for (const rule of [differingTakenBack, differingRuns, differingPayouts, differingReversals]) {
    const found = (trx: Parameters<typeof rule>[0]): Promise<unknown[]> => rule(trx);
    expect(await test.db.transaction().execute(found)).toEqual([]);
  }
  expect((await readTrialBalance(test.db)).sumFen).toBe(0);
}

const messagesOf = async ({ homes }: MadeRun) =>
  (
    await sql<{ household: string; params: object }>`
      select household_id as household, params from messages where template = 'payout.taken-back'
        and household_id = any(${homes.map(({ id }) => id)}::uuid[]) order by id`.execute(test.db)
  ).rows;

describe("taking a payout run back", () => {
  it("puts exactly what each household was to be paid back on its account, once, and tells it", async () => {
    const run = await makePayoutRun(test.db, [1_001, 2_000, 3_000]);
    expect(await run.owed()).toEqual([0, 0, 0]);
    expect(await ask(run)).toEqual({ ok: true, isNew: true });
    expect(await ask(run)).toEqual({ ok: true, isNew: false });
    expect(await run.owed()).toEqual([0, 0, 0]);
    const asked = await readReversal(db, run.scope, run.runId);
    expect(asked).toMatchObject({
      ...{ openFen: 6_001, openCount: 3 },
      reversal: { status: "asked", reason: "bank-refused", note: "文件格式不对", fen: null },
    });

    expect(await approve(run, 6_001)).toEqual({ ok: true, isNew: true });
    expect(await approve(run, 6_001)).toEqual({ ok: true, isNew: false });
    expect(await run.owed()).toEqual([1_001, 2_000, 3_000]);
    expect(await run.states()).toEqual(["bounced", "bounced", "bounced"]);
    expect(await readReversal(db, run.scope, run.runId)).toMatchObject({
      ...{ openFen: 0, openCount: 0 },
      reversal: { status: "approved", fen: 6_001, payoutCount: 3 },
    });
    const told = await messagesOf(run);
    expect(told.map(({ household }) => household).sort()).toEqual(
      run.homes.map(({ id }) => id).sort(),
    );
    expect(told.map(({ params }) => params)).toContainEqual({ number: run.run.number, fen: 1_001 });
    // Each household reads why; and the next run pays it.
    const home = run.homes[0];
    const own = home && (await readOwnPayouts(db, scopeOf(home), { limit: 1 }));
    expect(own?.payouts).toMatchObject([{ status: "bounced", bounceReason: "run-reversed" }]);
    const owed = await readOwed(db, run.scope);
    expect(owed.map(({ payableFen }) => payableFen).sort()).toEqual([1_001, 2_000, 3_000].sort());
    await expectSound();
  });

  it("takes two persons, and does nothing while only one has asked, or when it is left as it was", async () => {
    const run = await makePayoutRun(test.db, [700]);
    const { runId, scope } = run;
    expect(await approve(run, 700)).toEqual({ ok: false, reason: "reversal-none" });
    await ask(run);
    const alone = await approveReversal(db, scope, { runId, shownFen: 700 });
    expect(alone).toEqual({ ok: false, reason: "same-person" });
    const other = { runId, reason: "not-sent", note: "" } as const;
    const second = await askReversal(db, colleagueOf(scope), other);
    expect(second).toEqual({ ok: false, reason: "reversal-open" });
    expect(await ask(run, { reason: "not-sent" as never })).toMatchObject({ ok: false });
    expect(await withdrawReversal(db, colleagueOf(scope), { runId })).toMatchObject({
      isNew: true,
    });
    expect(await withdrawReversal(db, scope, { runId })).toEqual({ ok: true, isNew: false });
    expect(await approve(run, 700)).toEqual({ ok: false, reason: "reversal-none" });
    expect(await readReversal(db, scope, runId)).toMatchObject({ reversal: null, openFen: 700 });
    expect(await run.owed()).toEqual([0]);
    // Asked for once more, it can be done.
    await ask(run);
    expect(await approve(run, 700)).toEqual({ ok: true, isNew: true });
    expect(await run.owed()).toEqual([700]);
    expect(await withdrawReversal(db, scope, { runId })).toEqual({ ok: true, isNew: false });
    expect(await run.owed()).toEqual([700]);
    await expectSound();
  });

  it("leaves what the bank has paid or sent back, and is not done on a sum that nobody has seen", async () => {
    const run = await makePayoutRun(test.db, [1_000, 2_000, 3_000]);
    const [paid = "", back = ""] = run.ids;
    await ask(run);
    await payByBank(run, paid);
    expect(await approve(run, 6_000)).toEqual({ ok: false, reason: "reversal-changed" });
    expect(await run.owed()).toEqual([0, 0, 0]);
    await bouncePayout(db, run.scope, { runId: run.runId, payoutId: back, reason: "other" });
    expect(await approve(run, 3_000)).toEqual({ ok: true, isNew: true });
    expect(await run.states()).toEqual(["bank-paid", "bounced", "bounced"]);
    expect(await run.owed()).toEqual([0, 2_000, 3_000]);
    expect(await messagesOf(run)).toHaveLength(1);
    // What the bank says afterwards of what was taken back: that it refused it is known, that it paid it is not.
    const refused = await keepReport(db, run, { status: "RJCT" });
    expect((await refused.verdicts())?.toSorted()).toEqual(["bounce", "known", "known"]);
    const late = await keepTable(db, run, [`${endToEndId(run.ids[2] ?? "")},成功,,`]);
    expect(await late.verdicts()).toEqual(["bounced-already"]);
    await late.take();
    expect(await run.owed()).toEqual([0, 2_000, 3_000]);
    await expectSound();
  });

  it("has its answer for a run that is not approved, that is all paid, unknown or another's", async () => {
    const open = await makePayoutRun(test.db, [500], false);
    expect(await ask(open)).toEqual({ ok: false, reason: "not-approved" });
    const run = await makePayoutRun(test.db, [500]);
    const other = await makePayoutRun(test.db, [900]);
    const none = { ok: false, reason: "run-not-found" };
    for (const runId of [other.runId, "nothing", "' or 1=1"]) {
      expect(await askReversal(db, run.scope, { runId, ...WHY })).toEqual(none);
      expect(await approveReversal(db, run.scope, { runId, shownFen: 900 })).toEqual(none);
      expect(await withdrawReversal(db, run.scope, { runId })).toEqual(none);
      expect(await readReversal(db, run.scope, runId)).toMatchObject({ openFen: 0 });
    }
    await ask(run);
    await payByBank(run, run.ids[0] ?? "");
    expect(await approve(run, 500)).toEqual({ ok: false, reason: "nothing-left" });
    await withdrawReversal(db, run.scope, { runId: run.runId });
    expect(await ask(run)).toEqual({ ok: false, reason: "nothing-left" });
    expect(await run.owed()).toEqual([0]);
  });

  it("by two at once, or against the bank's answers at once, moves each fen once", async () => {
    const run = await makePayoutRun(test.db, [1_000, 2_000]);
    await ask(run);
    const answers = await keepTable(db, run, [`${endToEndId(run.ids[0] ?? "")},成功,,`]);
    const holder = await test.db.startTransaction().execute();
    await lockPayouts(holder, run.scope);
    const all = Promise.all([approve(run, 3_000), approve(run, 3_000), answers.take()]);
    await waitUntilBlocked(test.db, 3);
    await holder.commit().execute();
    const [one, two] = await all;
    const owed = await run.owed();
    // Whichever came first: the bank's word, and nothing was taken back, or both households have it back.
    if (one.ok) {
      expect([one, two].map((each) => each.ok && each.isNew).sort()).toEqual([false, true]);
      expect(owed).toEqual([1_000, 2_000]);
    } else {
      expect([one, two]).toEqual([one, { ok: false, reason: "reversal-changed" }]);
      expect(owed).toEqual([0, 0]);
    }
    await expectSound();
  });
});

describe("what was taken back is held to its rows", () => {
  it("forged, each says so", async () => {
    const run = await makePayoutRun(test.db, [1_000, 2_000, 4_000]);
    await payByBank(run, run.ids[2] ?? "");
    await ask(run);
    await approve(run, 3_000);
    await expectSound();
    const of = `where payout_run_id = '${run.runId}'`;
    const noted = `action = 'payout-run.reversed' and subject_id = '${run.runId}'`;
    const forgeries = [
      `update payout_reversals set fen = fen + 1 ${of}`,
      `update payout_reversals set payout_count = payout_count - 1 ${of}`,
      `update payout_reversals set ended_at = ended_at + interval '1 second' ${of}`,
      `update payout_reversals set ended_by_user_id = asked_by_user_id ${of}`,
      `update payout_reversals set ended_by_user_id = 'somebody' ${of}`,
      `update payout_reversals set asked_at = asked_at - interval '1 day' ${of}`,
      `update payout_reversals set status = 'withdrawn', fen = null, payout_count = null ${of}`,
      `update payout_reversals set id = gen_random_uuid() ${of}`,
      `delete from payout_reversals ${of}`,
      `update payouts set bounce_reason = 'other' ${of} and fen = 1000`,
      `update payouts set bank_paid_at = now() ${of} and fen = 2000`,
      `update payouts set bank_paid_at = null ${of} and fen = 4000`,
      `delete from audit_log where ${noted}`,
      `update audit_log set actor_user_id = 'x' where ${noted}`,
      `update payout_reversals set asked_by_user_id = 'x' ${of}`,
      `update payout_reversals set fen = null ${of}`,
      `delete from audit_log where action = 'payout-run.reversal-asked'
        and subject_id = '${run.runId}'`,
    ];
    for (const forgery of forgeries) {
      const trx = await test.db.startTransaction().execute();
      await sql`set local session_replication_role = replica`.execute(trx);
      await sql`alter table payout_reversals drop constraint payout_reversals_by_two,
        drop constraint payout_reversals_whole`.execute(trx);
      await sql.raw(forgery).execute(trx);
      const named = await differingTakenBack(trx);
      await trx.rollback().execute();
      expect(named, forgery).toEqual([{ kind: "run-differs", runId: run.runId }]);
    }
  });

  it("the app rewrites nothing of it, and nobody approves alone", async () => {
    const run = await makePayoutRun(test.db, [800]);
    await ask(run);
    const set = (what: string) =>
      sql`update payout_reversals set ${sql.raw(what)}
        where payout_run_id = ${run.runId}`.execute(db);
    const alone = "status = 'approved', ended_by_user_id = asked_by_user_id, ended_at = now()";
    await expect(set(`${alone}, fen = 800, payout_count = 1`)).rejects.toThrow(/by_two/);
    await expect(set("note = 'x'")).rejects.toThrow(/permission denied/);
    await approve(run, 800);
    await expect(set("status = 'asked'")).rejects.toThrow(/written once/);
    const gone = sql`delete from payout_reversals where payout_run_id = ${run.runId}`;
    await expect(gone.execute(db)).rejects.toThrow(/permission denied/);
  });
});
