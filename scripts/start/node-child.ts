import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { killAfter } from "./guarded.ts";

const leaveWithParent = fileURLToPath(new URL("./leave-with-parent.ts", import.meta.url));

/** Starts one of our own scripts; it leaves by itself when this process is gone. */
export function spawnNode(
  script: string,
  env: Record<string, string | undefined>,
  args: string[] = [],
): ChildProcess {
  return spawn(process.execPath, ["--import", leaveWithParent, script, ...args], {
    detached: true,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: { ...process.env, ...env },
  });
}

/** Asks a process to finish what it is doing; after some seconds it is killed. */
export async function stopNode(child: ChildProcess, seconds = 8): Promise<void> {
  child.kill("SIGTERM");
  await killAfter(child, seconds);
}
