import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { PhotoStoreFullError, photoStoreInFolder } from "./photo-store.ts";

const HASH = "0123456789abcdef0123456789abcdef";
const NAME = `${HASH}-640.avif`;
const BYTES = Buffer.from("pretend this is a picture");

const disk = vi.hoisted(() => ({ failure: null as string | null }));
vi.mock("node:fs/promises", async (importActual) => {
  const actual = await importActual<typeof import("node:fs/promises")>();
  return {
    ...actual,
    open: async (path: string, flags: string, mode?: number) => {
      const file = await actual.open(path, flags, mode);
      if (disk.failure && flags === "wx") {
        const error = Object.assign(new Error(disk.failure), { code: disk.failure });
        file.writeFile = async () => Promise.reject(error);
      }
      return file;
    },
  };
});

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "photos-"));
});
afterEach(async () => {
  disk.failure = null;
  await rm(folder, { recursive: true, force: true });
});

test("files lie fanned out, whole, with nothing left aside", async () => {
  const store = photoStoreInFolder(folder);
  await Promise.all([1, 2, 3].map(() => store.put(NAME, BYTES, "image/avif")));
  const files = await readdir(folder, { recursive: true });
  expect(files).toContain(join("public", "01", "23", NAME));
  expect(files.filter((name) => name.endsWith(".tmp"))).toEqual([]);
});

test.each(["ENOSPC", "EDQUOT"])(
  "a full disk (%s) is named and leaves nothing behind",
  async (code) => {
    const store = photoStoreInFolder(folder);
    disk.failure = code;
    await expect(store.put(NAME, BYTES, "image/avif")).rejects.toBeInstanceOf(PhotoStoreFullError);
    disk.failure = null;
    expect(await store.has(NAME)).toBe(false);
    const files = await readdir(folder, { recursive: true });
    expect(files.filter((name) => name.endsWith(".tmp"))).toEqual([]);
  },
);
