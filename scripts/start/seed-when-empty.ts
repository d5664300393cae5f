import { join } from "node:path";
import { createDb, createPool } from "#db/client.ts";
import { isEmpty } from "#db/seed/is-empty.ts";
import { loadReferenceData, loadTownships } from "#db/seed/reference.ts";
import type { Family } from "./family.ts";
import { keepLog } from "./log-file.ts";
import { spawnNode, stopNode } from "./node-child.ts";
import { progress, say } from "./say.ts";
import type { Settings } from "./settings.ts";
import { StopLine } from "./stop-line.ts";

type Env = Record<string, string>;

/** Runs one of our scripts to its end, with its words as progress. */
async function runScript(
  [script, ...args]: [string, ...string[]],
  title: string,
  env: Env,
  settings: Settings,
  family: Family,
): Promise<void> {
  const step = progress(title);
  const log = keepLog(settings.DATA_DIR, script);
  const child = spawnNode(join("scripts", `${script}.ts`), env, args);
  family.atEnd(() => stopNode(child, 3));
  log.take(child.stdout, child.stderr);
  child.stdout?.on("data", () => step.update(log.last()));
  const code = await new Promise((resolve) => child.once("close", resolve));
  if (family.isEnding()) return;
  step.done();
  if (code !== 0) throw new StopLine(`${title} failed: ${log.last()}`);
}

/** Gives a market the crops and the places that it lacks, and says whether anybody has listed anything. */
async function fillReference(adminUrl: string): Promise<{ isNew: boolean }> {
  const db = createDb(createPool(adminUrl, 1));
  try {
    const isNew = await isEmpty(db);
    await loadReferenceData(db);
    await loadTownships(db);
    return { isNew };
  } finally {
    await db.destroy();
  }
}

/**
 * Fills an empty market, in processes of their own: drawing photos takes memory and time. A
 * market that is not new only has its search compared, while it is open already.
 */
export async function seedWhenEmpty(
  adminUrl: string,
  meili: { url: string; key?: string } | undefined,
  settings: Settings,
  family: Family,
): Promise<void> {
  const env = {
    DATABASE_URL: adminUrl,
    DATA_DIR: settings.DATA_DIR,
    PHOTO_STORE: settings.PHOTO_STORE ?? "",
    MEILI_URL: meili?.url ?? "",
    MEILI_KEY: meili?.key ?? "",
  };
  const search = (...args: string[]) =>
    runScript(["reindex", ...args], "making the search 正在建立搜索", env, settings, family);
  const { isNew } = await fillReference(adminUrl);
  if (!isNew) {
    search("--if-needed").catch((error: Error) => say(`! ${error.message}`));
    return;
  }
  const args = ["--scale", String(settings.SEED_SCALE)];
  if (settings.SEED_PHOTOS === "0") args.push("--no-photos");
  const title = "filling the empty market 正在填充演示数据";
  await runScript(["seed", ...args], title, env, settings, family);
  if (!family.isEnding()) await search();
}
