import { readFileSync } from "node:fs";

/** How long something took, what its processes spent of it, and how long anybody waited for a core. */
export type Spent = { wallMs: number; cpuMs: number; stalledMs: number };
export type Stopwatch = () => () => number;

/** A tick of /proc/<pid>/stat: Linux has a hundred in a second on every machine we know. */
const TICK_MS = 10;

/**
 * Milliseconds that it would have taken with a core to itself: what its own processes spent, and no
 * less than the time in which nobody on the machine waited for a core.
 */
export function ownMs({ wallMs, cpuMs, stalledMs }: Spent): number {
  return Math.max(cpuMs, wallMs - stalledMs);
}

/** Starts to count for the processes that there are then; the answer stops it and says `ownMs`. */
export function stopwatchFor(pids: () => (number | undefined)[]): Stopwatch {
  return () => {
    const startedAt = performance.now();
    const stalled = stalledMs();
    const before = new Map(pids().map((pid) => [pid, cpuMsOf(pid)]));
    return () => {
      const wallMs = performance.now() - startedAt;
      // One that fell over and was started anew has spent all that it has since.
      const spent = pids().map((pid) => cpuMsOf(pid) - (before.get(pid) ?? 0));
      const cpuMs = spent.reduce((sum, one) => sum + one, 0);
      return ownMs({ wallMs, cpuMs, stalledMs: stalledMs() - stalled });
    };
  };
}

/** CPU of a process and of all its threads, those that ended too; 0 of one that is gone. */
function cpuMsOf(pid: number | undefined): number {
  const stat = pid === undefined ? "" : read(`/proc/${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * TICK_MS;
}

/** Since the machine was started; 0 where the kernel does not count it. */
function stalledMs(): number {
  return Number(/^some .*total=(\d+)/.exec(read("/proc/pressure/cpu"))?.[1] ?? 0) / 1_000;
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
