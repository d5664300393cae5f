import { block } from "./block.ts";
import { buildWhenStale } from "./build.ts";
import { lockDataDir, openDataDir } from "./data-dir.ts";
import { openDatabase } from "./database.ts";
import { createFamily } from "./family.ts";
import { claimPort } from "./free-port.ts";
import { startOurs } from "./ours.ts";
import { makePlan } from "./plan.ts";
import { forgetRunning, noteRunning } from "./running.ts";
import { say } from "./say.ts";
import { keepSecrets } from "./secrets.ts";
import { seedWhenEmpty } from "./seed-when-empty.ts";
import { openSearch, refuseClosedBucket, refuseWrongStripeKey } from "./services.ts";
import { readSettings } from "./settings.ts";
import { lineFor } from "./stop-line.ts";
import { watchSources } from "./watch-sources.ts";

export type Mode = "start" | "dev";

const startedAt = performance.now();
const family = createFamily();

async function leave(code: number): Promise<void> {
  await family.end();
  process.exit(code);
}

async function fail(error: unknown): Promise<void> {
  if (family.isEnding()) return;
  say(lineFor(error));
  await leave(1);
}

async function open(mode: Mode): Promise<void> {
  const settings = readSettings();
  openDataDir(settings.DATA_DIR);
  const lock = lockDataDir(settings.DATA_DIR, mode === "dev" ? "npm run dev" : "npm start");
  family.atEnd(lock.release);
  await claimPort(settings.PORT, settings.HOST);
  await refuseWrongStripeKey(settings);
  await refuseClosedBucket(settings);
  const secrets = keepSecrets(settings.DATA_DIR);
  const searching = openSearch(settings, secrets.meili, family);
  searching.catch(() => {});
  const database = await openDatabase(settings, secrets, family);
  const meili = await searching;
  const { adminUrl: DATABASE_URL } = database;
  const running = { DATABASE_URL, MEILI_URL: meili?.url, MEILI_KEY: meili?.key };
  noteRunning(settings.DATA_DIR, running);
  family.atEnd(() => forgetRunning(settings.DATA_DIR));
  const building = mode === "dev" ? undefined : buildWhenStale(family);
  building?.catch(fail);
  await seedWhenEmpty(DATABASE_URL, meili, settings, family);
  await building;
  const plan = await makePlan(settings, secrets, database, meili);
  if (!plan.isStripeReal) {
    const { STRIPE_SECRET_KEY, STRIPE_API_URL } = plan.appEnv;
    noteRunning(settings.DATA_DIR, { ...running, STRIPE_SECRET_KEY, STRIPE_API_URL });
  }
  const ours = await startOurs(plan, settings, family, mode);
  if (mode === "dev") watchSources(ours, family);
  if (family.isEnding()) return;
  say(block(plan, settings, meili, (performance.now() - startedAt) / 1000));
}

/** Opens the market and keeps it open until it is told to stop. */
export async function openMarket(mode: Mode): Promise<void> {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      if (!family.isEnding()) say("Stopping 正在停止…");
      void leave(0);
    });
  }
  // npm's own process is gone: nobody is left who could stop us.
  process.on("disconnect", () => void leave(1));
  await open(mode).catch(fail);
}
