import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { countChaos, countPlaywright, countVitest } from "./count.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "tianji-count-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function report(content: unknown): string {
  const file = join(folder, "report.json");
  writeFileSync(file, JSON.stringify(content));
  return file;
}

test("a test file that breaks before its first test counts as a failure", () => {
  const file = report({
    testResults: [{ name: "a.test.ts", status: "failed", assertionResults: [] }],
  });
  expect(countVitest(file, 1)).toEqual({ passed: 0, failed: 1, skipped: [] });
});

test("a runner that ends badly without a failed test is a failure", () => {
  const passed = { fullName: "sells", status: "passed" };
  const file = report({
    testResults: [{ name: "a.test.ts", status: "passed", assertionResults: [passed] }],
  });
  expect(countVitest(file, 0)).toEqual({ passed: 1, failed: 0, skipped: [] });
  expect(countVitest(file, 1)).toEqual({ passed: 1, failed: 1, skipped: [] });
});

test("a report that was never written is a failure", () => {
  expect(countVitest(join(folder, "none.json"), 0).failed).toBe(1);
  expect(countPlaywright(join(folder, "none.json"), 0).failed).toBe(1);
});

test("a journey that passes only at the second try fails, and a skipped one is named", () => {
  const one = (status: string, annotations: unknown[] = []) => ({
    title: status,
    tests: [{ projectName: "phone", status, annotations }],
  });
  const skip = { type: "skip", description: "no camera" };
  const file = report({
    errors: [],
    suites: [
      { title: "", specs: [one("expected")], suites: [{ title: "", specs: [one("flaky")] }] },
      { title: "", specs: [one("skipped", [skip])] },
    ],
  });
  expect(countPlaywright(file, 0)).toEqual({
    passed: 1,
    failed: 1,
    skipped: ["skipped [phone] no camera"],
  });
});

test("a chaos that deviates or could not be run fails, and what held is counted", () => {
  const file = report({
    ledger: { value: 2, detail: { passed: 40 } },
    kill: { value: 0, detail: { passed: 9 } },
  });
  expect(countChaos(file, 0)).toEqual({ passed: 49, failed: 2, skipped: [] });
  expect(countChaos(report({ kill: { value: 0, detail: { passed: 9 } } }), 1).failed).toBe(1);
  expect(countChaos(join(folder, "none.json"), 0).failed).toBe(1);
});
