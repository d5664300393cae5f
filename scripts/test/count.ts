import { existsSync, readFileSync } from "node:fs";

export type Count = { passed: number; failed: number; skipped: string[] };

export const none = (): Count => ({ passed: 0, failed: 0, skipped: [] });

export function add(one: Count, other: Count): Count {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: [...one.skipped, ...other.skipped],
  };
}

type VitestReport = {
  numTotalTests: number;
  testResults: {
    name: string;
    status: string;
    assertionResults: { fullName: string; status: string; meta?: { reason?: string } }[];
  }[];
};

/** Counts vitest's report; a file that broke before its first test counts as one failure. */
export function countVitest(file: string, exitCode: number): Count {
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: [] };
  const report = JSON.parse(readFileSync(file, "utf8")) as VitestReport;
  const count = none();
  for (const { name, status, assertionResults } of report.testResults) {
    const failed = assertionResults.filter((test) => test.status === "failed").length;
    count.failed += failed || (status === "failed" ? 1 : 0);
    count.passed += assertionResults.filter((test) => test.status === "passed").length;
    for (const test of assertionResults) {
      if (["skipped", "pending", "todo", "disabled"].includes(test.status)) {
        count.skipped.push(`${test.fullName} (${name.split("/").slice(-1)})`);
      }
    }
  }
  return settle(count, exitCode);
}

type Suite = {
  title: string;
  suites?: Suite[];
  specs?: { title: string; tests: PlaywrightTest[] }[];
};
type PlaywrightTest = {
  projectName: string;
  status: "expected" | "unexpected" | "flaky" | "skipped";
  annotations: { type: string; description?: string }[];
};
type PlaywrightReport = { suites: Suite[]; errors: unknown[] };

/** Counts Playwright's report; what passed only at a second try counts as failed. */
export function countPlaywright(file: string, exitCode: number): Count {
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: [] };
  const report = JSON.parse(readFileSync(file, "utf8")) as PlaywrightReport;
  const count = none();
  const walk = (suite: Suite) => {
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests) {
        if (test.status === "expected") count.passed += 1;
        else if (test.status === "skipped") {
          const reason = test.annotations.find(({ type }) => type === "skip")?.description;
          count.skipped.push(`${spec.title} [${test.projectName}] ${reason ?? ""}`);
        } else count.failed += 1;
      }
    }
    suite.suites?.forEach(walk);
  };
  report.suites.forEach(walk);
  return settle(count, exitCode);
}

type ChaosReport = Record<string, { value: number; detail: { passed: number } }>;

/** Counts the report of `npm run chaos`; a chaos that could not be run counts as one failure. */
export function countChaos(file: string, exitCode: number): Count {
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: [] };
  const report = JSON.parse(readFileSync(file, "utf8")) as ChaosReport;
  const count = none();
  for (const { value, detail } of Object.values(report)) {
    count.failed += value;
    count.passed += detail.passed;
  }
  return settle(count, exitCode);
}

/** A runner that ended badly without a failed test has failed at something else. */
function settle(count: Count, exitCode: number): Count {
  const isHidden = exitCode !== 0 && count.failed === 0;
  return isHidden ? { ...count, failed: 1 } : count;
}
