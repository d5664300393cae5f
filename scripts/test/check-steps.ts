import { type Ran, runBin } from "./run.ts";

export type Step = { name: string; run: () => Promise<Ran> };

/** The steps of `npm run check`: none of them needs a database or a build. */
export const checkSteps: Step[] = [
  { name: "types", run: () => runBin("tsgo", ["--noEmit", "-p", "."]) },
  { name: "dead code", run: () => runBin("knip", ["--no-progress"]) },
  // What only tests use: dead code that is tested.
  { name: "tests as users", run: () => runBin("knip", ["--no-progress", "--production"]) },
  {
    name: "layers",
    run: () =>
      runBin("depcruise", [
        "--config",
        ".dependency-cruiser.mjs",
        "--output-type",
        "err-long",
        "app",
        "db",
        "search",
        "scripts",
        "tests",
      ]),
  },
  {
    name: "format and lint",
    run: () =>
      runBin("biome", ["ci", "--colors=off", "--error-on-warnings", "--max-diagnostics=40", "."]),
  },
  {
    name: "tidy",
    run: () => runBin("vitest", ["run", "--config", "vitest.config.ts", "tests/tidy.test.ts"]),
  },
];

/** Runs steps two at a time, says one line for each, and shows what a failing one said. */
export async function runSteps(
  steps: Step[],
  say: (line: string) => void = console.log,
): Promise<{ passed: number; failed: number }> {
  const waiting = [...steps];
  const count = { passed: 0, failed: 0 };
  const oneAfterAnother = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const ran = await step.run();
      const isFine = ran.code === 0;
      count[isFine ? "passed" : "failed"] += 1;
      say(`${isFine ? "✓" : "✗"} ${step.name.padEnd(16)} ${ran.seconds.toFixed(1)} s`);
      if (!isFine) say(ran.output.trimEnd());
    }
  };
  await Promise.all([oneAfterAnother(), oneAfterAnother()]);
  return count;
}
