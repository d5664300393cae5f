import { readdir, readFile, rm } from "node:fs/promises";
import { basename, join } from "node:path";

/** What cameras wrote and the market once stored, "<folder>/01/23/<hash>": only to be got rid of. */
export interface LeftOriginals {
  hashes(): Promise<string[]>;
  read(hash: string): Promise<Uint8Array | null>;
  forget(hash: string): Promise<void>;
  /** Also what a process that was killed had half written. */
  forgetAll(): Promise<void>;
}

export function leftOriginalsIn(folder: string): LeftOriginals {
  const pathOf = (hash: string) => join(folder, hash.slice(0, 2), hash.slice(2, 4), hash);
  const orNull = (error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  };
  return {
    async hashes() {
      const files = await readdir(folder, { recursive: true }).catch(orNull);
      return (files ?? []).map((file) => basename(file)).filter((name) => HASH.test(name));
    },
    read: (hash) => readFile(pathOf(hash)).catch(orNull),
    forget: (hash) => rm(pathOf(hash), { force: true }),
    forgetAll: () => rm(folder, { recursive: true, force: true }),
  };
}

const HASH = /^[0-9a-f]{32}$/;
