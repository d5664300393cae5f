/** `npm start`: everything the market needs, on this machine, until Ctrl-C. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { block } from "./start/block.ts";
import { buildWhenStale } from "./start/build.ts";
import { lockDataDir, openDataDir, writePrivate } from "./start/data-dir.ts";
import { openDatabase } from "./start/database.ts";
import { createFamily } from "./start/family.ts";
import { claimPort } from "./start/free-port.ts";
import { makePlan } from "./start/plan.ts";
import { say } from "./start/say.ts";
import { keepSecrets } from "./start/secrets.ts";
import { seedWhenEmpty } from "./start/seed-when-empty.ts";
import { openSearch, refuseWrongStripeKey, startOurs } from "./start/services.ts";
import { readSettings } from "./start/settings.ts";
import { lineFor } from "./start/stop-line.ts";

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

async function open(): Promise<void> {
  const settings = readSettings();
  openDataDir(settings.DATA_DIR);
  const lock = lockDataDir(settings.DATA_DIR, "npm start");
  family.atEnd(lock.release);
  await claimPort(settings.PORT, settings.HOST);
  await refuseWrongStripeKey(settings);
  const secrets = keepSecrets(settings.DATA_DIR);
  const building = buildWhenStale(family);
  building.catch(fail);
  const searching = openSearch(settings, secrets.meili, family);
  searching.catch(() => {});
  const database = await openDatabase(settings, secrets, family);
  const meili = await searching;
  const note = join(settings.DATA_DIR, "running.json");
  const { adminUrl: DATABASE_URL } = database;
  writePrivate(
    note,
    JSON.stringify({ DATABASE_URL, MEILI_URL: meili?.url, MEILI_KEY: meili?.key }),
  );
  family.atEnd(() => rmSync(note, { force: true }));
  await seedWhenEmpty(DATABASE_URL, meili, settings, family);
  await building;
  const plan = await makePlan(settings, secrets, database, meili);
  await startOurs(plan, settings, family);
  if (family.isEnding()) return;
  say(block(plan, settings, meili, (performance.now() - startedAt) / 1000));
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    if (!family.isEnding()) say("Stopping 正在停止…");
    void leave(0);
  });
}
// npm's own process is gone: nobody is left who could stop us.
process.on("disconnect", () => void leave(1));

try {
  await open();
} catch (error) {
  await fail(error);
}
