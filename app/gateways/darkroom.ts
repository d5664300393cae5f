import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { setPriority } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { drawCard } from "./draw-card.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import type { makeVariants } from "./photo-pipeline.ts";
import type { SentPhoto, stripPhoto } from "./strip-photo.ts";

const PROGRAM = fileURLToPath(new URL("./darkroom-process.ts", import.meta.url));
/** A tenth of what somebody who browses gets of a core that both want. */
const BEHIND = 10;
const IDLE_MS = 5 * 60_000;
/**
 * What one photo may cost: several times the second within which all are answered on a machine of
 * today. It is counted as CPU, because behind everything else an honest photo may wait long; the
 * wall's clock only ends what stands still.
 */
const MOST = { cpuMs: 5_000, wallMs: 300_000 };
/**
 * Of glibc, which otherwise gives memory back to the kernel after every step and takes it again
 * page by page: a tenth of the CPU of a photo. Nothing else: the process that reads strangers'
 * bytes knows no secret of the market.
 */
const ENV: NodeJS.ProcessEnv = {
  NODE_ENV: "production",
  MALLOC_ARENA_MAX: "1",
  MALLOC_MMAP_THRESHOLD_: String(32 * 1024 * 1024),
  MALLOC_TRIM_THRESHOLD_: String(128 * 1024 * 1024),
};

type Work = {
  stripPhoto: typeof stripPhoto;
  makeVariants: typeof makeVariants;
  drawCard: typeof drawCard;
};

/** What the darkroom is asked, and what it answers. */
export type DarkroomTask =
  | { name: "stripPhoto"; sent: SentPhoto }
  | { name: "makeVariants"; master: Uint8Array }
  | { name: "drawCard"; photo: Uint8Array; words: Parameters<typeof drawCard>[1] };
export type DarkroomAnswer = { made: unknown } | { error: string } | { isTooHeavy: true };

/** The work on photos, done elsewhere. */
export type Darkroom = Work & { close(): Promise<void> };

/** It ended in the middle of a photo. */
class DarkroomFellError extends Error {
  override name = "DarkroomFellError";
}

/** It was given up: a trick that no other bound knows must not hold up everybody's photos. */
class PhotoTooHeavyError extends Error {
  override name = "PhotoTooHeavyError";
}

/** Begins a piece of work when it may begin, and answers what it answers. */
type Turn = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * A process of its own for the work on photos, one photo at a time, behind everything else on the
 * machine, and with a `turn` for all of this machine's darkrooms only one of them at a time, so that
 * the other cores are free: pages are not made to wait for it, and a file that brings a decoder down brings down
 * nothing else. It is started with the first photo, ends after five minutes without any or when
 * this process is gone, and is started anew when it fell over. The photo it had then is tried once
 * more; when it falls over that too, stripPhoto calls it damaged and the others throw. A photo that
 * costs more than `most` is given up with the process that worked on it: stripPhoto calls it unusual.
 */
export function openDarkroom(
  most: Partial<typeof MOST> = {},
  turn: Turn = (work) => work(),
): Darkroom {
  const { cpuMs, wallMs } = { ...MOST, ...most };
  const lane = oneAtATime();
  let room: ChildProcess | null = null;
  let idle: NodeJS.Timeout | undefined;

  function enter(): ChildProcess {
    const started = fork(PROGRAM, [String(cpuMs)], {
      env: ENV,
      execArgv: [],
      serialization: "advanced",
      detached: true, // a group of its own, for `stepBack`
    });
    stepBack(started.pid);
    const forget = () => {
      if (room === started) room = null;
    };
    return started.once("exit", forget).on("error", forget);
  }

  function leave(): void {
    if (room?.connected) room.disconnect();
    room = null;
  }

  function giveUp(asked: ChildProcess): never {
    asked.kill("SIGKILL");
    if (room === asked) room = null;
    throw new PhotoTooHeavyError("the darkroom gave up a photo that cost too much");
  }

  async function ask(task: DarkroomTask): Promise<unknown> {
    clearTimeout(idle);
    room ??= enter();
    const asked = room;
    const over = new AbortController();
    try {
      const answered = once(asked, "message", over);
      const gone = once(asked, "exit", over).then(([code, signal]) => {
        throw new DarkroomFellError(`the darkroom fell over: ${signal ?? code}`);
      });
      // It ended just now, and nobody has heard of it yet: the next try goes into another one.
      const unsent = new Promise<never>((_, fail) => {
        asked.send(task, (error) => {
          if (!error) return;
          if (room === asked) room = null;
          fail(new DarkroomFellError(`the darkroom fell over: ${error.message}`));
        });
      });
      const tooLong = sleep(wallMs, [{ isTooHeavy: true }], over);
      const first = await Promise.race([answered, gone, unsent, tooLong]);
      const [answer] = first as [DarkroomAnswer];
      if ("isTooHeavy" in answer) giveUp(asked);
      if ("error" in answer) throw new Error(answer.error);
      return answer.made;
    } finally {
      over.abort();
      idle = setTimeout(leave, IDLE_MS).unref();
    }
  }
  const fell = (error: unknown) => error instanceof DarkroomFellError;
  const work = (task: DarkroomTask) =>
    lane(() =>
      turn(() =>
        ask(task).catch((error) => {
          if (fell(error)) return ask(task);
          throw error;
        }),
      ),
    );

  return {
    stripPhoto: (sent) =>
      work({ name: "stripPhoto", sent }).catch((error) => {
        if (fell(error)) return { ok: false, reason: "photo-damaged" };
        if (error instanceof PhotoTooHeavyError) return { ok: false, reason: "photo-unusual" };
        throw error;
      }) as ReturnType<Work["stripPhoto"]>,
    makeVariants: (master) =>
      work({ name: "makeVariants", master }) as ReturnType<Work["makeVariants"]>,
    drawCard: (photo, words) =>
      work({ name: "drawCard", photo, words }) as ReturnType<Work["drawCard"]>,
    close: () => lane(async () => leave()),
  };
}

/**
 * Linux shares a core out among sessions before it looks at the processes in them; elsewhere the
 * process's own priority counts. What cannot be set stays as it is.
 */
function stepBack(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, BEHIND);
    if (process.platform === "linux") writeFileSync(`/proc/${pid}/autogroup`, String(BEHIND));
  } catch {}
}
