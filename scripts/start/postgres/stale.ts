import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { StopLine } from "../stop-line.ts";

function commandOf(pid: number): string {
  try {
    return execFileSync("ps", ["-o", "args=", "-p", String(pid)], { encoding: "utf8" });
  } catch {
    // Slim images have no ps.
    const file = `/proc/${pid}/cmdline`;
    return existsSync(file) ? readFileSync(file, "utf8").replaceAll("\0", " ") : "";
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/**
 * After kill -9 a postmaster.pid is left, and perhaps its server. We hold DATA_DIR's lock, so a
 * server that runs on this very folder is an orphan: it is asked to stop. Any other process
 * under that number only inherited it, and the file is removed.
 */
export async function clearStale(folder: string): Promise<void> {
  const file = join(folder, "postmaster.pid");
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, "utf8").split("\n")[0]);
  const isOurs = pid > 1 && isAlive(pid) && commandOf(pid).includes(folder);
  if (!isOurs) {
    rmSync(file, { force: true });
    return;
  }
  for (const [signal, seconds] of [
    ["SIGINT", 10],
    ["SIGQUIT", 5],
  ] as const) {
    process.kill(pid, signal);
    for (let waited = 0; waited < seconds * 10; waited += 1) {
      if (!isAlive(pid)) return;
      await sleep(100);
    }
  }
  throw new StopLine(
    `A PostgreSQL left from before (process ${pid}) does not stop: end it, then start again.`,
  );
}
