import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { PhotoStoreFullError, photoStoreInFolder } from "./photo-store.ts";
import { photoResponse } from "./serve-photo.ts";

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

test("a photo is found again with its type", async () => {
  const store = photoStoreInFolder(folder);
  expect(await store.has(NAME)).toBe(false);
  expect(await store.get(NAME)).toBeNull();
  await store.put(NAME, BYTES, "image/avif");
  expect(await store.has(NAME)).toBe(true);
  const found = await store.get(NAME);
  expect(found?.contentType).toBe("image/avif");
  expect(Buffer.from(found?.bytes ?? []).equals(BYTES)).toBe(true);
});

test("files lie fanned out, whole, with nothing left aside", async () => {
  const store = photoStoreInFolder(folder);
  await Promise.all([1, 2, 3].map(() => store.put(NAME, BYTES, "image/avif")));
  const files = await readdir(folder, { recursive: true });
  expect(files).toContain(join("public", "01", "23", NAME));
  expect(files.filter((name) => name.endsWith(".tmp"))).toEqual([]);
});

test("a master is never served: only those who ask for masters read it", async () => {
  const store = photoStoreInFolder(folder);
  await store.put(`masters/${HASH}`, BYTES, "image/jpeg");
  expect(await store.has(`masters/${HASH}`)).toBe(true);
  expect(await store.get(`masters/${HASH}`)).toBeNull();
  expect(Buffer.from((await store.getMaster(HASH)) ?? []).equals(BYTES)).toBe(true);
  for (const name of [`masters/${HASH}`, HASH, `masters%2f${HASH}`]) {
    expect((await photoResponse(store, name, new Request("http://t/p"))).status).toBe(404);
  }
});

test.each([
  "../../etc/passwd",
  `../${NAME}`,
  `${NAME}/../x`,
  `${NAME}\0`,
  `${NAME}\n`,
  "x-640.avif",
  `${HASH}-641.avif`,
  `${HASH.toUpperCase()}-640.avif`,
  "",
])("the name %j reaches no file", async (name) => {
  await writeFile(join(folder, "secret"), "secret");
  const store = photoStoreInFolder(join(folder, "photos"));
  expect(await store.get(name)).toBeNull();
  await expect(store.put(name, BYTES, "image/avif")).rejects.toThrow("not a photo name");
  await expect(store.getMaster(`${name}`)).rejects.toThrow("not a photo name");
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

test("a photo is served for ever, sniffed by nobody, and not sent twice", async () => {
  const store = photoStoreInFolder(folder);
  await store.put(NAME, BYTES, "image/avif");
  const first = await photoResponse(store, NAME, new Request("http://t/p"));
  expect(first.status).toBe(200);
  expect(first.headers.get("Cache-Control")).toBe("public, max-age=31536000, immutable");
  expect(first.headers.get("Content-Type")).toBe("image/avif");
  expect(first.headers.get("X-Content-Type-Options")).toBe("nosniff");
  expect(Buffer.from(await first.arrayBuffer()).equals(BYTES)).toBe(true);

  const etag = first.headers.get("ETag") ?? "";
  const again = new Request("http://t/p", { headers: { "If-None-Match": `"other", W/${etag}` } });
  const second = await photoResponse(store, NAME, again);
  expect(second.status).toBe(304);
  expect(await second.text()).toBe("");

  const head = await photoResponse(store, NAME, new Request("http://t/p", { method: "HEAD" }));
  expect(head.headers.get("Content-Length")).toBe(String(BYTES.length));
  expect(await head.text()).toBe("");

  const missing = await photoResponse(store, NAME.replace("640", "320"), new Request("http://t/p"));
  expect(missing.status).toBe(404);
  expect(missing.headers.get("Cache-Control")).toBe("no-store");
});
