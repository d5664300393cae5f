import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readOwnPayouts } from "#app/domain/households/read-payouts.ts";
import { keepTable, type MadeRun, makePayoutRun } from "#tests/factories/payout-run.ts";
import { scopeOf } from "#tests/factories/scopes.ts";
import { waitUntilBlocked } from "#tests/setup/barrier.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { bankFile } from "../bank-file.ts";
import { bouncePayout } from "../bounce-payout.ts";
import { endToEndId } from "../end-to-end-id.ts";
import { lockPayouts } from "../lock-payouts.ts";
import { readKeptAnswers } from "./keep-answers.ts";
import { takeAnswers } from "./take-answers.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const makeRun = (amounts: number[], isApproved = true) =>
  makePayoutRun(test.db, amounts, isApproved);
const keep = (run: Pick<MadeRun, "scope">, lines: string[], head?: string) =>
  keepTable(test.db, run, lines, head);
const line = (id: string, status: string, reason = "", yuan = "") =>
  [endToEndId(id), status, reason, yuan].join(",");

it("a bank's answers are shown first, then taken once: returned money is owed again, paid is noted", async () => {
  const run = await makeRun([1_000, 2_000, 3_000, 4_000]);
  const [paid = "", back = "", waiting = ""] = run.ids;
  const answers = await keep(run, [
    line(paid, "成功", "", "10.00"),
    line(back, "退回", "户名不符"),
    line(waiting, "处理中"),
  ]);
  expect(await answers.verdicts()).toEqual(["pay", "bounce", "pending"]);
  expect(await run.states()).toEqual(["paid", "paid", "paid", "paid"]);
  expect(await run.owed()).toEqual([0, 0, 0, 0]);

  const holder = await test.db.startTransaction().execute();
  await lockPayouts(holder, run.scope);
  const both = Promise.all([answers.take(), answers.take()]);
  await waitUntilBlocked(test.db, 2);
  await holder.commit().execute();
  expect((await both).map((one) => one.ok && one.isNew).sort()).toEqual([false, true]);
  expect(await run.states()).toEqual(["bank-paid", "bounced", "paid", "paid"]);
  expect(await run.owed()).toEqual([0, 2_000, 0, 0]);
  // Each household reads what the bank has said of its own.
  const read = run.homes.map((home) => readOwnPayouts(test.db, scopeOf(home), { limit: 1 }));
  const own = (await Promise.all(read)).map(({ payouts }) => payouts[0]);
  expect(own.map((payout) => payout?.isArrived)).toEqual([true, false, false, false]);
  // What it did stays to be read; the same file again finds all of it known.
  expect(await answers.verdicts()).toEqual(["pay", "bounce", "pending"]);
  const again = await keep(run, [line(paid, "paid"), line(back, "RJCT", "BE01")]);
  expect(await again.verdicts()).toEqual(["known", "known"]);
  await again.take();
  expect(await run.owed()).toEqual([0, 2_000, 0, 0]);
  // What was paid may come back later all the same.
  const late = await keep(run, [line(paid, "退票", "账户已注销")]);
  expect(await late.verdicts()).toEqual(["bounce"]);
  await late.take();
  expect(await run.owed()).toEqual([1_000, 2_000, 0, 0]);
});

it("our own bank file with the bank's column beside it is understood, its line with the sum left out", async () => {
  const run = await makeRun([1_000, 2_000]);
  const [head = "", ...rows] = bankFile(run.run).slice(1).trimEnd().split("\r\n");
  const said = rows.map((row, index) => `${row},${index === 0 ? "交易成功" : "交易失败"}`);
  const answers = await keep(run, said, `${head},交易状态`);
  const codes = run.run.items.map(({ id }) => run.ids.indexOf(id));
  expect(await answers.verdicts()).toEqual(["pay", "bounce"]);
  await answers.take();
  const states = await run.states();
  expect(codes.map((index) => states[index])).toEqual(["bank-paid", "bounced"]);
});

it("each line that is wrong is told why, and changes nothing", async () => {
  const [run, other, open] = [
    await makeRun([1_000, 2_000, 3_000, 4_000]),
    await makeRun([500]),
    await makeRun([700], false),
  ];
  const [a = "", b = "", c = "", d = ""] = run.ids;
  await bouncePayout(test.db, run.scope, { runId: run.runId, payoutId: d, reason: "other" });
  const lines = [
    [line(uuidv7(), "成功"), "unknown-item"],
    [line(other.ids[0] ?? "", "退回"), "unknown-item"],
    [`${other.run.number} LS-000001,退回,,`, "unknown-item"],
    ["nothing at all,成功,,", "no-item"],
    [line(a, "也许"), "unknown-status"],
    [line(a, "成功", "", "ten"), "bad-amount"],
    [line(a, "退回", "账号不对", "10.01"), "amount-differs"],
    [line(b, "成功"), "contradicts"],
    [line(b, "退回"), "contradicts"],
    [line(c, "成功"), "pay"],
    [line(c, "成功"), "twice"],
    [line(d, "成功"), "bounced-already"],
    [line(d, "退回", "户名不符"), "bounced-otherwise"],
    ["'; drop table payouts --,成功,,", "no-item"],
  ] as const;
  const answers = await keep(
    run,
    lines.map(([text]) => text),
  );
  expect(await answers.verdicts()).toEqual(lines.map(([, verdict]) => verdict));
  await answers.take();
  expect(await run.states()).toEqual(["paid", "paid", "bank-paid", "bounced"]);
  expect(await run.owed()).toEqual([0, 0, 0, 4_000]);
  expect(await other.states()).toEqual(["paid"]);
  const early = await keep(open, [line(open.ids[0] ?? "", "成功")]);
  expect(await early.verdicts()).toEqual(["not-approved"]);
});

it("another cooperative neither reads nor takes the answers", async () => {
  const [run, other] = [await makeRun([1_000]), await makeRun([1_000])];
  const { answersId, take } = await keep(run, [line(run.ids[0] ?? "", "退回")]);
  expect(await readKeptAnswers(test.db, other.scope, answersId)).toBe(null);
  const stolen = await takeAnswers(test.db, other.scope, { answersId });
  expect(stolen).toEqual({ ok: false, reason: "answers-not-found" });
  expect(await run.owed()).toEqual([0]);
  await take();
  expect(await run.owed()).toEqual([1_000]);
});
