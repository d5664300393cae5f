import { createWriteStream, existsSync, renameSync, statSync, type WriteStream } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import { say } from "./say.ts";

const KEEP_BYTES = 10 * 1024 * 1024;
const WARN = 40;
const QUIET_MS = 10_000;

/** Opens DATA_DIR/logs/<name>.log; one that grew large becomes <name>.log.1 at the next start. */
function openLog(dataDir: string, name: string): WriteStream {
  const file = join(dataDir, "logs", `${name}.log`);
  if (existsSync(file) && statSync(file).size > KEEP_BYTES) renameSync(file, `${file}.1`);
  const stream = createWriteStream(file, { flags: "a" });
  // A full disk must not end the supervisor: the line is lost, the market is not.
  stream.on("error", () => {});
  return stream;
}

/** What is worth the screen: pino's warnings and worse, PostgreSQL's WARNING, FATAL and PANIC. */
function warningIn(line: string): string | undefined {
  if (line.startsWith("{")) {
    try {
      const { level, msg } = JSON.parse(line) as { level?: number; msg?: string };
      return level !== undefined && level >= WARN ? (msg ?? "warning, see the log") : undefined;
    } catch {
      return undefined;
    }
  }
  if (/database system is (starting up|shutting down|not yet accepting)/.test(line))
    return undefined;
  return /\b(WARNING|FATAL|PANIC): +(.*)/.exec(line)?.[0];
}

export type Log = { take(...streams: (Readable | null)[]): void; last(): string };

/** Keeps all that a child says in its log, and shows its warnings, each at most every 10 s. */
export function keepLog(dataDir: string, name: string): Log {
  const file = openLog(dataDir, name);
  const shownAt = new Map<string, number>();
  let last = "";
  const show = (line: string) => {
    const warning = warningIn(line);
    if (!warning || Date.now() - (shownAt.get(warning) ?? 0) < QUIET_MS) return;
    shownAt.set(warning, Date.now());
    say(`[${name}] ${warning}`);
  };
  return {
    last: () => last,
    take(...streams) {
      for (const stream of streams) {
        let rest = "";
        stream?.on("data", (chunk: Buffer) => {
          file.write(chunk);
          const lines = (rest + stripVTControlCharacters(chunk.toString())).split("\n");
          rest = lines.pop() ?? "";
          for (const line of lines.filter((text) => text.trim() && !/^\s+at /.test(text))) {
            last = line.trim();
            show(last);
          }
        });
      }
    },
  };
}
