import { randomUUID } from "node:crypto";
import { type FileHandle, mkdir, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { isDiskFull } from "./disk-full.ts";

/**
 * A file without a name, for bytes that are too many for the memory and must not stay: it is gone
 * when it is closed, and also when the process dies.
 */
export interface Spill {
  /** Adds bytes at the end; false when the disk is full, and then nothing was added. */
  append(bytes: Uint8Array): Promise<boolean>;
  /** How many bytes it holds. */
  length(): number;
  /** Forgets everything from `length` on. */
  cut(length: number): void;
  read(from: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** Nothing touches the disk before the first byte comes. */
export function spillInFolder(folder: string): Spill {
  let file: FileHandle | null = null;
  let end = 0;
  return {
    async append(bytes) {
      try {
        file ??= await openNameless(folder);
        for (let done = 0; done < bytes.byteLength; ) {
          const left = bytes.byteLength - done;
          done += (await file.write(bytes, done, left, end + done)).bytesWritten;
        }
      } catch (error) {
        if (isDiskFull(error)) return false;
        throw error;
      }
      end += bytes.byteLength;
      return true;
    },
    length: () => end,
    cut(length) {
      end = Math.min(end, length);
    },
    async read(from, length) {
      const bytes = new Uint8Array(length);
      const { bytesRead = 0 } = (await file?.read(bytes, 0, length, from)) ?? {};
      if (bytesRead < length) throw new Error("the spill is shorter than what was added to it");
      return bytes;
    },
    async close() {
      await file?.close();
      file = null;
      end = 0;
    },
  };
}

async function openNameless(folder: string): Promise<FileHandle> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, randomUUID());
  const file = await open(path, "wx+", 0o600);
  await rm(path); // it lives on until it is closed, and no killed process leaves it behind
  return file;
}
