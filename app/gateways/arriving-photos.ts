import { type FileHandle, mkdir, open, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { isDiskFull } from "./disk-full.ts";

/** How the sending of one piece ended. Of what was cut, all that came is kept. */
export type PieceEnd = "whole" | "cut" | "too-long" | "no-room";

/**
 * Where photos lie while they come in pieces: the only place where what a camera wrote touches the
 * disk by a name, in files that only we read, until the last piece is there.
 */
export interface ArrivingPhotos {
  /** How much of it is here; 0 of one that nobody began. */
  lengthOf(id: string): Promise<number>;
  /**
   * Adds what comes at the end, until it ends, breaks off or `signal` asks to stop. More than
   * `most` bytes are "too-long", and then nothing of the piece is kept.
   */
  append(id: string, body: PieceBody, most: number, signal: AbortSignal): Promise<PieceEnd>;
  /** When the last of it came; null of what has no file. */
  lastCameAt(id: string): Promise<Date | null>;
  /** Where all that came of it lies. */
  pathOf(id: string): string;
  /** Bytes of all that lies here. */
  size(): Promise<number>;
  remove(id: string): Promise<void>;
  /** Throws away what nobody has added to since then; says how many. */
  removeOlderThan(time: Date): Promise<number>;
}

export type PieceBody = ReadableStream<Uint8Array> | null;

export function arrivingPhotosInFolder(folder: string): ArrivingPhotos {
  const pathOf = (id: string) => {
    if (!/^[0-9a-f-]{36}$/.test(id)) throw new Error("not the id of an upload");
    return join(folder, id);
  };
  return {
    async lengthOf(id) {
      return (await statOrNull(pathOf(id)))?.size ?? 0;
    },
    async append(id, body, most, signal) {
      if (!body || signal.aborted) return body ? "cut" : "whole";
      await mkdir(folder, { recursive: true });
      const file = await open(pathOf(id), "a", 0o600);
      try {
        return await pour(body, file, most, signal);
      } finally {
        await file.close();
      }
    },
    async lastCameAt(id) {
      return (await statOrNull(pathOf(id)))?.mtime ?? null;
    },
    pathOf,
    remove: (id) => rm(pathOf(id), { force: true }),
    async size() {
      const names = await readdir(folder).catch(() => []);
      const found = await Promise.all(names.map((name) => statOrNull(join(folder, name))));
      return found.reduce((sum, file) => sum + (file?.size ?? 0), 0);
    },
    async removeOlderThan(time) {
      let removed = 0;
      for (const name of await readdir(folder).catch(() => [])) {
        const found = await statOrNull(join(folder, name));
        if (!found?.isFile() || found.mtime >= time) continue;
        await rm(join(folder, name), { force: true });
        removed += 1;
      }
      return removed;
    },
  };
}

async function pour(
  body: ReadableStream<Uint8Array>,
  file: FileHandle,
  most: number,
  signal: AbortSignal,
): Promise<PieceEnd> {
  const { size: start } = await file.stat();
  const reader = body.getReader();
  const stop = () => void reader.cancel().catch(() => undefined);
  signal.addEventListener("abort", stop);
  // A line that breaks is an end like another: what came before it is here.
  const next = () => reader.read().catch(() => null);
  try {
    let length = 0;
    for (let part = await next(); ; part = await next()) {
      if (!part || signal.aborted) return "cut";
      if (part.done) return "whole";
      length += part.value.byteLength;
      if (length > most) {
        await file.truncate(start);
        return "too-long";
      }
      await file.appendFile(part.value);
    }
  } catch (error) {
    if (isDiskFull(error)) return "no-room";
    throw error;
  } finally {
    signal.removeEventListener("abort", stop);
    reader.releaseLock();
  }
}

async function statOrNull(path: string) {
  return stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
}
