import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { buildWhenStale } from "../start/build.ts";
import { startMarket } from "../start/start-market.ts";
import { lineFor } from "../start/stop-line.ts";
import { prepareBrowser } from "./browser.ts";
import { checkSteps, runSteps } from "./check-steps.ts";
import { add, type Count, countChaos, countPlaywright, countVitest, none } from "./count.ts";
import { runBin } from "./run.ts";

export type Place = { folder: string; databaseUrl: string };

const fromSteps = (counted: { passed: number; failed: number }): Count => ({
  ...none(),
  ...counted,
});

/** Types, lint, layers, dead code, tidiness, and the generated schema against a real database. */
export async function check({ databaseUrl }: Place): Promise<Count> {
  const env = { TEST_DATABASE_URL: databaseUrl };
  const schema = {
    name: "schema",
    run: () => runBin("node", ["scripts/db-types.ts", "--check"], { env }),
  };
  // The tidy test runs again, and is counted, among the unit tests.
  const steps = checkSteps.filter(({ name }) => name !== "tidy");
  return fromSteps(await runSteps([...steps, schema]));
}

/** Unit and integration tests, on PostgreSQL. */
export async function unit({ folder, databaseUrl }: Place): Promise<Count> {
  const report = join(folder, "vitest.json");
  const { code } = await runBin(
    "vitest",
    ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
    { env: { TEST_DATABASE_URL: databaseUrl }, onLine: show },
  );
  return countVitest(report, code);
}

/** The small size of every chaos; nothing may deviate. Each seed, case and kill counts as one. */
export async function chaos({ folder, databaseUrl }: Place): Promise<Count> {
  // Before the races, not beside them: a build takes all the cores there are.
  await buildWhenStale();
  const file = join(folder, "chaos.json");
  const { code } = await runBin("node", ["scripts/chaos.ts", "--quick", "--json", file], {
    env: { TEST_DATABASE_URL: databaseUrl },
    onLine: show,
  });
  return countChaos(file, code);
}

/** Two at once, in the one market: each has a farmer, a manager and buyers of its own. */
const WALKS = ["phone-zh", "desktop-en"];

/** One language's journeys, with scripts and then without. */
async function walkBrowser(walk: string, folder: string, url: string): Promise<Count> {
  const report = join(folder, `${walk}.json`);
  const env = { BASE_URL: url, PLAYWRIGHT_JSON_OUTPUT_NAME: report };
  const projects = [walk, `${walk}-noscript`].map((name) => `--project=${name}`);
  const config = ["--config", "tests/playwright.config.ts", "--output", `test-results/${walk}`];
  const args = ["test", ...config, ...projects, "--reporter=list,json"];
  const { code } = await runBin("playwright", args, { env, onLine: show });
  return countPlaywright(report, code);
}

/** The journeys in a browser, on a market that the real start script opened. */
export async function e2e({ folder }: Place): Promise<Count> {
  const broken = await prepareBrowser();
  const one = (line: string): Count => {
    console.log(`✗ ${line}`);
    return { passed: 0, failed: 1, skipped: [] };
  };
  if (broken) return one(broken);
  if (!existsSync("tests/e2e") || readdirSync("tests/e2e").length === 0) {
    return one("There are no browser journeys in tests/e2e.");
  }
  try {
    await buildWhenStale();
    const market = await startMarket(folder, { TRUST_PROXY: "1" });
    const url = `http://127.0.0.1:${market.port}`;
    const counts = await Promise.all(WALKS.map((walk) => walkBrowser(walk, folder, url)));
    await market.stop();
    return counts.reduce(add);
  } catch (error) {
    return one(error instanceof Error && error.message ? error.message : lineFor(error));
  }
}

/** A runner's words, without its blank lines. */
function show(line: string): void {
  if (line.trim()) console.log(line.trimEnd());
}

export const suites = { check, unit, chaos, e2e };
