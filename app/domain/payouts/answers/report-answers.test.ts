import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  keepReport as keepReportOf,
  keepTable,
  type MadeRun,
  makePayoutRun,
} from "#tests/factories/payout-run.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { endToEndId } from "../end-to-end-id.ts";
import { readRun } from "../read-run.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const makeRun = (amounts: number[]) => makePayoutRun(test.db, amounts);
const keepReport = (run: MadeRun, report: Parameters<typeof keepReportOf>[2]) =>
  keepReportOf(test.db, run, report);

it("a bank's status report is shown and taken as a table is: by EndToEndId and amount, what is pending left", async () => {
  const run = await makeRun([1_000, 2_000, 3_000, 4_000]);
  const other = await makeRun([500]);
  const [a = "", b = "", c = "", d = ""] = run.ids;
  const transfers = [
    { payoutId: a, status: "ACSC", fen: 1_000 },
    { payoutId: b, status: "RJCT", fen: 2_000, why: { code: "AC04" } },
    { payoutId: c, status: "PDNG", fen: 3_000 },
    { payoutId: d, status: "RJCT", fen: 4_001 },
    { payoutId: other.ids[0] ?? "", status: "RJCT" },
  ];
  const id = `${run.run.number}-20261122`;
  const answers = await keepReport(run, { status: "PART", payments: [{ id, transfers }] });
  const verdicts = ["pay", "bounce", "pending", "amount-differs", "unknown-item"];
  expect(await answers.verdicts()).toEqual(verdicts);
  expect(await run.states()).toEqual(["paid", "paid", "paid", "paid"]);
  await answers.take();
  await answers.take();
  expect(await run.states()).toEqual(["bank-paid", "bounced", "paid", "paid"]);
  expect(await run.owed()).toEqual([0, 2_000, 0, 0]);
  // Another report that names a transfer of this run as one of a run of its own.
  const second = await makeRun([700]);
  const mixed = await keepReport(
    { ...second, scope: run.scope },
    { payments: [{ id: `${second.run.number}-20261122`, transfers: transfers.slice(2, 3) }] },
  );
  expect(await mixed.verdicts()).toEqual(["another-run"]);
});

it("what a bank says of a whole run goes for each of its items, where it says nothing else of them", async () => {
  const run = await makeRun([1_000, 2_000, 3_000]);
  const [a = "", b = "", c = ""] = run.ids;
  const id = `${run.run.number}-20261122`;
  const waiting = await keepReport(run, { status: "ACCP", count: 3, sumFen: 6_000 });
  expect(await waiting.verdicts()).toEqual(["pending", "pending", "pending"]);
  await waiting.take();
  for (const wrong of [{ count: 2 }, { sumFen: 6_001 }]) {
    const differs = await keepReport(run, { status: "RJCT", ...wrong });
    expect(await differs.verdicts()).toEqual(["sum-differs"]);
    await differs.take();
  }
  const odd = [{ payoutId: b, status: "ACSC" }];
  const against = await keepReport(run, { status: "RJCT", payments: [{ id, transfers: odd }] });
  expect((await against.verdicts())?.toSorted()).toEqual([
    ...["bounce", "bounce", "contradicts", "contradicts"],
  ]);
  const listed = [{ payoutId: c, status: "RJCT", why: { code: "BE01" } }];
  const why = { code: "AM04" };
  const refused = await keepReport(run, {
    status: "RJCT",
    why,
    payments: [{ id, transfers: listed }],
  });
  expect(await refused.verdicts()).toEqual(["bounce", "bounce", "bounce"]);
  expect(await run.owed()).toEqual([0, 0, 0]);
  await refused.take();
  expect(await run.owed()).toEqual([1_000, 2_000, 3_000]);
  const read = await readRun(test.db, run.scope, run.runId);
  const reasonOf = (id: string) => read?.items.find((each) => each.id === id)?.bounceReason;
  expect([a, b, c].map(reasonOf)).toEqual(["other", "other", "name-mismatch"]);
  // Another cooperative's run is unknown, said of as a whole or not.
  const other = await makeRun([500]);
  const stolen = await keepReport({ ...other, scope: run.scope }, { status: "RJCT" });
  expect(await stolen.verdicts()).toEqual(["unknown-item"]);
  await stolen.take();
  expect(await other.owed()).toEqual([0]);
});

it("whatever banks answer, in a table or a report, each household is owed exactly what came back of it", async () => {
  const answer = fc.constantFrom("成功", "退回", "处理中", "", "成功;退回");
  const codes: Record<string, string> = { 成功: "ACSC", 退回: "RJCT", 处理中: "PDNG" };
  const said = fc.array(answer, { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(said, fc.boolean(), async (said, isReport) => {
      const amounts = said.map((_, index) => 1_001 + index * 977);
      const run = await makeRun(amounts);
      const each = said.flatMap((words, index) =>
        words.split(";").map((word) => ({ id: run.ids[index] ?? "", word })),
      );
      const transfers = each.map(({ id, word }) => ({ payoutId: id, status: codes[word] }));
      const payments = [{ id: `${run.run.number}-20261122`, transfers }];
      const answers = isReport
        ? await keepReport(run, { status: "PART", payments })
        : await keepTable(
            test.db,
            run,
            each.map(({ id, word }) => `${endToEndId(id)},${word},,`),
          );
      await answers.take();
      const back = amounts.map((fen, index) => (said[index] === "退回" ? fen : 0));
      expect(await run.owed()).toEqual(back);
    }),
    { numRuns: 14 },
  );
}, 60_000);
