import { randomUUID } from "node:crypto";
import { access, mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isDiskFull } from "./disk-full.ts";

/**
 * Where photos live, by name and never changed once written. Public names are
 * "<hash>-640.avif"; masters, from which those are made, are "masters/<hash>" and can only be read
 * with `getMaster`. What a camera wrote, which says where the farm is, is never stored.
 * An object store can stand behind it as well as a folder.
 */
export interface PhotoStore {
  put(name: string, bytes: Uint8Array, contentType: string): Promise<void>;
  get(name: string): Promise<StoredPhoto | null>;
  getMaster(hash: string): Promise<Uint8Array | null>;
  has(name: string): Promise<boolean>;
}

export interface StoredPhoto {
  bytes: Uint8Array;
  contentType: string;
}

/** The disk (or quota) is full; nothing was written and nothing old was harmed. */
export class PhotoStoreFullError extends Error {
  override name = "PhotoStoreFullError";
}

/** The store gives no answer, or none to us: nothing is known of what was asked, and it may be
 * asked again. `message` names no photo. */
export class PhotoStoreAwayError extends Error {
  override name = "PhotoStoreAwayError";
}

const PUBLIC_NAME = /^[0-9a-f]{32}-(?:320|640|1280)\.(avif|jpg)$/;
const TYPES = { avif: "image/avif", jpg: "image/jpeg" };
const MASTER_NAME = /^masters\/[0-9a-f]{32}$/;

export function isPublicPhotoName(name: string): boolean {
  return PUBLIC_NAME.test(name);
}

/** What the public is served under the name; null where that is not a public photo's. */
export function publicType(name: string): StoredPhoto["contentType"] | null {
  const extension = PUBLIC_NAME.exec(name)?.[1];
  return extension ? TYPES[extension as keyof typeof TYPES] : null;
}

/** What a photo lies under in every store; throws for what is not a photo's name. */
export function keyOf(name: string): string {
  if (PUBLIC_NAME.test(name)) return `public/${name}`;
  if (MASTER_NAME.test(name)) return name;
  throw new Error("not a photo name");
}

export function photoStoreInFolder(folder: string): PhotoStore {
  return {
    async put(name, bytes) {
      const path = pathOf(folder, name);
      if (await exists(path)) return; // named by content: what is there is the same
      await writeAtomically(path, bytes);
    },
    async get(name) {
      const contentType = publicType(name);
      const bytes = contentType && (await readOrNull(pathOf(folder, name)));
      return bytes ? { bytes, contentType } : null;
    },
    async getMaster(hash) {
      return readOrNull(pathOf(folder, `masters/${hash}`));
    },
    async has(name) {
      return exists(pathOf(folder, name));
    },
  };
}

// Two levels of folders by hash keep any one folder small when there are a million photos.
function pathOf(folder: string, name: string): string {
  const [kind = "", file = ""] = keyOf(name).split("/");
  return join(folder, kind, file.slice(0, 2), file.slice(2, 4), file);
}

// Readers see the whole file or none: written aside, forced to the disk, then renamed over.
async function writeAtomically(path: string, bytes: Uint8Array): Promise<void> {
  const aside = `${path}.${randomUUID()}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(aside, "wx", 0o640);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(aside, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(aside, { force: true }).catch(() => undefined);
    if (isDiskFull(error)) {
      throw new PhotoStoreFullError("no room left for photos", { cause: error });
    }
    throw error;
  }
}

// Without this a power cut may forget the rename although the bytes are safe.
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function readOrNull(path: string): Promise<Uint8Array | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
