import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Runs a program that knows nothing of us (PostgreSQL, Meilisearch) under a few lines of shell
 * that hold the far end of a pipe: when this process is gone, even by kill -9, the pipe ends and
 * the shell asks the program to stop. A session of its own keeps Ctrl-C from reaching it first.
 */
const GUARD = `
signal=$1; shift
"$@" 3<&- &
program=$!
( cat <&3 >/dev/null; kill -$signal $program ) 2>/dev/null &
watcher=$!
wait $program
code=$?
kill $watcher 2>/dev/null
exit $code`;

export function spawnGuarded(
  command: string[],
  signal: "INT" | "TERM",
  options: { uid?: number; gid?: number; cwd?: string; env: NodeJS.ProcessEnv },
): ChildProcess {
  const child = spawn("/bin/sh", ["-c", GUARD, "guard", signal, ...command], {
    ...options,
    detached: true,
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  // The watcher's `cat` outlives a program that died by itself until its pipe ends.
  child.once("exit", () => letGo(child));
  return child;
}

function letGo(child: ChildProcess): void {
  const pipe = child.stdio[3];
  if (pipe && "destroy" in pipe) pipe.destroy();
}

/** Closes the pipe, which is the request to stop; what does not stop in time is killed. */
export async function stopGuarded(child: ChildProcess, seconds = 10): Promise<void> {
  letGo(child);
  await killAfter(child, seconds);
}

/** Waits for the end of a process; after that time its whole group is killed. */
export async function killAfter(child: ChildProcess, seconds: number): Promise<void> {
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  for (let waited = 0; waited < seconds * 20 && !hasEnded(); waited += 1) await sleep(50);
  if (hasEnded() || child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    child.kill("SIGKILL");
  }
}
