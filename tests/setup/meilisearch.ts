import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "#scripts/start/free-port.ts";

export type TestMeilisearch = { url: string; key: string; stop(): Promise<void> };

function programOnPath(): boolean {
  try {
    execFileSync("meilisearch", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

export const hasMeilisearch = Boolean(process.env.MEILI_URL) || programOnPath();

async function untilAvailable(url: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 150; tries++) {
    if (child.exitCode !== null) throw new Error(`meilisearch ended with code ${child.exitCode}`);
    const answer = await fetch(`${url}/health`).catch(() => null);
    if (answer?.ok) return;
    await sleep(100);
  }
  throw new Error("meilisearch did not answer within 15 seconds");
}

/** The Meilisearch of MEILI_URL, or one of the tests' own: own port, own data, own key. */
export async function startMeilisearch(): Promise<TestMeilisearch> {
  const { MEILI_URL, MEILI_KEY } = process.env;
  if (MEILI_URL) return { url: MEILI_URL, key: MEILI_KEY ?? "", stop: async () => {} };
  const folder = mkdtempSync(join(tmpdir(), "tianji-meilisearch-"));
  const key = randomBytes(24).toString("hex");
  const url = `http://127.0.0.1:${await freePort()}`;
  const child = spawn(
    "meilisearch",
    [
      "--no-analytics",
      "--env",
      "production",
      "--http-addr",
      new URL(url).host,
      "--db-path",
      join(folder, "data"),
    ],
    { cwd: folder, stdio: "ignore", env: { ...process.env, MEILI_MASTER_KEY: key } },
  );
  const ended = new Promise<void>((resolve) => child.on("exit", () => resolve()));
  const stop = async () => {
    if (child.exitCode === null) child.kill("SIGKILL");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await untilAvailable(url, child);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, key, stop };
}
