import { existsSync, renameSync, rmSync } from "node:fs";
import { totalmem } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { Family } from "../family.ts";
import { freePort } from "../free-port.ts";
import { spawnGuarded, stopGuarded } from "../guarded.ts";
import { keepLog } from "../log-file.ts";
import { progress } from "../say.ts";
import { lineFor } from "../stop-line.ts";
import { initialise, isInitialised } from "./initialise.ts";
import { findPrograms } from "./programs.ts";
import { runAs } from "./run-as.ts";
import { clearStale } from "./stale.ts";

const DATABASE = "tianji";

/** An eighth of the memory for PostgreSQL's own cache, between 64 and 512 MB. */
const sharedMegabytes = () => Math.round(Math.min(512, Math.max(64, totalmem() / 8 / 1024 / 1024)));

const settings = (port: number) => ({
  port,
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: 60,
  shared_buffers: `${sharedMegabytes()}MB`,
  max_wal_size: "512MB",
  jit: "off",
  timezone: "UTC",
  log_timezone: "UTC",
  lc_messages: "C",
  log_min_messages: "warning",
  log_checkpoints: "off",
});

export type EmbeddedPostgres = { adminUrl: string; port: number };

/**
 * Starts PostgreSQL in DATA_DIR/postgres, made at the first start, on a free port of the
 * loopback. Whoever calls holds DATA_DIR's lock. Returns the superuser's address.
 */
export async function startPostgres(
  dataDir: string,
  password: string,
  family: Family,
  extra: Record<string, string> = {},
): Promise<EmbeddedPostgres> {
  const folder = join(dataDir, "postgres");
  const isOld = isInitialised(folder);
  const programs = await findPrograms();
  const as = runAs([programs.postgres, folder]);
  if (isOld) await clearStale(folder);
  else {
    const step = progress("making the database 正在创建数据库");
    const fresh = `${folder}.new`;
    await initialise(fresh, password, programs, as);
    if (existsSync(folder)) rmSync(folder, { recursive: true });
    renameSync(fresh, folder);
    step.done();
  }
  const port = await freePort();
  const flags = Object.entries({ ...settings(port), ...extra });
  const args = ["-D", folder, ...flags.flatMap(([name, value]) => ["-c", `${name}=${value}`])];
  const adminUrl = (name: string) => `postgres://postgres:${password}@127.0.0.1:${port}/${name}`;
  await family.start({
    name: "postgres",
    log: keepLog(dataDir, "postgres"),
    patienceSeconds: 60,
    spawn: () =>
      spawnGuarded([...as.prefix, programs.postgres, ...args], "INT", {
        ...as.ids,
        cwd: "/",
        env: { ...process.env, LC_ALL: "C" },
      }),
    stop: (child) => stopGuarded(child, 15),
    isReady: () => answers(adminUrl("postgres")),
    explain: (last) => explain(last, folder),
  });
  await ensureDatabase(adminUrl("postgres"));
  return { adminUrl: adminUrl(DATABASE), port };
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on("error", () => {});
  try {
    await client.connect();
    await client.end();
    return true;
  } catch (error) {
    // 28P01: the password is not the one this cluster was made with; waiting changes nothing.
    if ((error as { code?: string }).code === "28P01") throw error;
    return false;
  }
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const found = await client.query("select 1 from pg_database where datname = $1", [DATABASE]);
    if (found.rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}

function explain(last: string, folder: string): string | undefined {
  if (/No space left/.test(last)) return lineFor({ code: "ENOSPC" });
  if (/(FATAL|PANIC|invalid|could not)/.test(last)) {
    const words = last.replace(/^.*?(FATAL|PANIC): +/, "");
    return `PostgreSQL cannot use ${folder}: ${words}. Restore it from a backup, or move it away (a new one is made).`;
  }
  return undefined;
}
