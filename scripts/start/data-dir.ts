import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { StopLine } from "./stop-line.ts";

export type DataDirLock = { release(): void };

/**
 * Level by level: asked for all of them at once, Node never comes back from a place such as
 * /proc, where nothing can be made.
 */
function makeFolders(path: string): void {
  if (existsSync(path)) return;
  const parent = dirname(path);
  if (parent !== path) makeFolders(parent);
  try {
    mkdirSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST" || !existsSync(path)) throw error;
  }
}

/** The part of a path that is a file: the system names what it could not make below it. */
function fileIn(path: string): string {
  const parent = dirname(path);
  return existsSync(path) || parent === path ? path : fileIn(parent);
}

/** Makes DATA_DIR and proves that it can be written, before anything is started on it. */
export function openDataDir(path: string): void {
  if (existsSync(path) && !statSync(path).isDirectory()) {
    throw new StopLine(
      `DATA_DIR (${path}) is a file: set DATA_DIR to a folder, or move the file away.`,
    );
  }
  const probe = join(path, ".write-probe");
  try {
    makeFolders(join(path, "logs"));
    // Logs name no person, but they are nobody else's business either.
    chmodSync(join(path, "logs"), 0o700);
    // 64 KB: an empty file can still be made on a full disk.
    writeFileSync(probe, Buffer.alloc(65_536));
    rmSync(probe);
  } catch (error) {
    const { code, path: where } = error as NodeJS.ErrnoException;
    if (code === "ENOTDIR") {
      throw new StopLine(
        `DATA_DIR (${path}): ${fileIn(where ?? path)} is a file where a folder is needed.`,
      );
    }
    if (code === "ENOENT" || code === "EEXIST") {
      throw new StopLine(
        `DATA_DIR (${path}) cannot be made: ${where ?? path} leads nowhere. Set DATA_DIR to a folder that can be.`,
      );
    }
    if (code === "EACCES" || code === "EPERM" || code === "EROFS") {
      throw new StopLine(
        `DATA_DIR (${path}) cannot be written: set DATA_DIR to a folder of your own.`,
      );
    }
    throw error;
  }
}

/** Kept here too: a connection that is garbage-collected would give its lock away. */
const held = new Set<DatabaseSync>();

/**
 * Holds DATA_DIR for this process. The lock is the operating system's own (through SQLite), so
 * it is gone with the process, also after kill -9; no pid has to be believed.
 */
export function lockDataDir(path: string, purpose: string): DataDirLock {
  const file = join(path, "lock");
  const noteFile = join(path, "lock.json");
  const database = new DatabaseSync(file);
  try {
    database.exec("begin exclusive");
  } catch (error) {
    database.close();
    if ((error as { errcode?: number }).errcode === 5) throw new StopLine(inUse(path, noteFile));
    throw new StopLine(
      `DATA_DIR (${path}) is damaged: ${file} is not ours. Remove that file, then start again.`,
    );
  }
  held.add(database);
  writeFileSync(noteFile, JSON.stringify({ pid: process.pid, purpose }));
  return {
    release() {
      rmSync(noteFile, { force: true });
      database.exec("rollback");
      database.close();
      held.delete(database);
    },
  };
}

function inUse(path: string, noteFile: string): string {
  let holder = "";
  try {
    const { pid, purpose } = JSON.parse(readFileSync(noteFile, "utf8"));
    holder = ` by ${purpose} (process ${pid})`;
  } catch {
    // The note is only for the reader; the lock stands without it.
  }
  return `DATA_DIR (${path}) is in use${holder}: stop that one first, or set another DATA_DIR and PORT.`;
}

/** Writes a file that only its owner may read. */
export function writePrivate(file: string, content: string): void {
  writeFileSync(file, content, { mode: 0o600 });
  chmodSync(file, 0o600);
}
