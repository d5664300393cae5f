import { expect, test } from "vitest";
import { readReport } from "./read-report.ts";

const report = (failed: number) => `transaction type: <builtin: simple update>
scaling factor: 10
query mode: extended
number of clients: 16
number of transactions actually processed: 12034
number of failed transactions: ${failed} (0.000%)
latency average = 3.986 ms
initial connection time = 41.1 ms
tps = 4013.662116 (without initial connection time)
`;

test("the rate is the one without the time for connecting", () => {
  expect(readReport(report(0))).toEqual({ tps: 4013.662_116, transactions: 12_034 });
});

test("a run in which transactions failed is no figure", () => {
  expect(() => readReport(report(3))).toThrow("3 transactions of pgbench failed");
});

test.each(["", "tps = 0 (without initial connection time)"])(
  "a report such as “%s” is none",
  (text) => {
    expect(() => readReport(text)).toThrow("measured nothing");
  },
);
