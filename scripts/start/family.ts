import type { ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import type { Log } from "./log-file.ts";
import { say } from "./say.ts";
import { StopLine } from "./stop-line.ts";

export type Member = {
  name: string;
  log: Log;
  spawn(): ChildProcess;
  stop(child: ChildProcess): Promise<void>;
  /** Resolves when the process does its work; polled until then. */
  isReady(): Promise<boolean>;
  /** How long the first start may take. */
  patienceSeconds: number;
  /** A better reason than the last line of the log, where the program's words need one. */
  explain?(last: string): string | undefined;
};

export type Running = { restart(): Promise<void> };

export type Family = {
  start(member: Member): Promise<Running>;
  /** Something else to end when all ends: last come, first ended. */
  atEnd(end: () => Promise<void> | void): void;
  isEnding(): boolean;
  end(): Promise<void>;
};

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
const STEADY_MS = 60_000;
const POLL_MS = 60;

/** Starts processes, starts them again when they die, and ends all of them, last come first. */
export function createFamily(): Family {
  const ends: (() => Promise<void> | void)[] = [];
  let ending: Promise<void> | undefined;

  const spawnWatched = (member: Member) => {
    const child = member.spawn();
    member.log.take(child.stdout, child.stderr);
    // A program that cannot be run has no exit of its own.
    child.on("error", () => child.emit("exit", 127, null));
    return child;
  };

  async function start(member: Member): Promise<Running> {
    let child = spawnWatched(member);
    ends.push(() => member.stop(child));
    try {
      await untilReady(member, child);
    } catch (error) {
      await member.stop(child);
      throw error;
    }
    let pause = FIRST_PAUSE_MS;
    let isWanted = false;
    const watch = (startedAt: number) =>
      child.once("exit", async (code, signal) => {
        if (ending) return;
        if (Date.now() - startedAt > STEADY_MS) pause = FIRST_PAUSE_MS;
        if (isWanted) {
          isWanted = false;
          child = spawnWatched(member);
          return watch(Date.now());
        }
        const why = member.explain?.(member.log.last()) ?? `${signal ?? `code ${code}`}`;
        say(`! ${member.name} stopped (${why}); starting again in ${pause / 1000} s`);
        await sleep(pause);
        pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
        if (ending) return;
        child = spawnWatched(member);
        watch(Date.now());
      });
    watch(Date.now());
    return {
      restart: () => {
        isWanted = true;
        return member.stop(child);
      },
    };
  }

  async function untilReady(member: Member, child: ChildProcess): Promise<void> {
    const giveUpAt = Date.now() + member.patienceSeconds * 1000;
    while (!ending) {
      const hasEnded = child.exitCode !== null || child.signalCode !== null || !child.pid;
      if (hasEnded) {
        const last = member.log.last();
        throw new StopLine(member.explain?.(last) ?? `${member.name} did not start: ${last}`);
      }
      if (await member.isReady()) return;
      if (Date.now() > giveUpAt) {
        throw new StopLine(
          `${member.name} was not ready after ${member.patienceSeconds} s: ${member.log.last()}`,
        );
      }
      await sleep(POLL_MS);
    }
  }

  async function endAll(): Promise<void> {
    for (const end of ends.reverse()) {
      await Promise.resolve(end()).catch((error) => say(`! ${error.message}`));
    }
  }

  return {
    start,
    atEnd: (end) => ends.push(end),
    isEnding: () => ending !== undefined,
    end: () => {
      ending ??= endAll();
      return ending;
    },
  };
}
