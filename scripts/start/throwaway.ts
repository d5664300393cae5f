import { chmodSync, mkdirSync, mkdtempSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createFamily, type Family } from "./family.ts";

/** What is thrown away need not survive a power cut: PostgreSQL's settings for tests. */
export const FAST = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" };

const MEMORY_DISK = "/dev/shm";
const ROOM_BYTES = 4 * 1024 ** 3;

const open = new Set<Family>();

/**
 * Linux's disk in memory where there is room to spare, else the usual place. Test databases come
 * and go by the hundred, some 650 files each, and ext4 looks long for the numbers of new files
 * where many were deleted a moment ago: a third of the unit tests' time.
 */
export function memoryOrDisk(): string {
  try {
    const { bavail, bsize } = statfsSync(MEMORY_DISK);
    const isRoomy = Math.min(bavail * bsize, process.availableMemory()) > ROOM_BYTES;
    return isRoomy ? MEMORY_DISK : tmpdir();
  } catch {
    return tmpdir();
  }
}

/** A folder that PostgreSQL may walk into, also where it runs as another user; removed at the end. */
export function makeFolder(family: Family, purpose: string, where = tmpdir()): string {
  const folder = mkdtempSync(join(where, `tianji-${purpose}-`));
  family.atEnd(() => rmSync(folder, { recursive: true, force: true }));
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, "logs"));
  return folder;
}

/** Lends a family of processes to `work` and ends all of it afterwards, whatever happened. */
export async function withFamily<Result>(
  work: (family: Family) => Promise<Result>,
): Promise<Result> {
  const family = createFamily();
  open.add(family);
  try {
    return await work(family);
  } finally {
    await family.end();
    open.delete(family);
  }
}

/** Ends whatever is lent: for the reader's Ctrl-C. */
export async function leaveAll(): Promise<void> {
  for (const family of open) await family.end();
}
