import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type PhotoBucket, photoBuckets } from "#tests/setup/photo-buckets.ts";
import { openPhotoStore } from "./open-photo-store.ts";
import type { PhotoStore } from "./photo-store.ts";
import { photoResponse } from "./serve-photo.ts";

const BYTES = Buffer.from("pretend this is a picture");

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "photos-"));
  await writeFile(join(folder, "secret"), "secret");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

type Opened = Pick<PhotoBucket, "keys" | "close"> & { address?: string };
const inFolder = async (): Promise<Opened> => ({
  ...{ address: undefined, close: async () => {} },
  keys: { AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" },
});
const stores: [string, () => Promise<Opened>][] = [["a folder", inFolder], ...photoBuckets];

describe.each(stores)("photos in %s", (_, open) => {
  let opened: Opened;
  let store: PhotoStore;
  let hash: string;
  let name: string;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    for (const [key, value] of Object.entries(opened.keys)) vi.stubEnv(key, value);
    const DATA_DIR = join(folder, "data");
    store = await openPhotoStore({ DATA_DIR, PHOTO_STORE: opened.address });
    hash = randomBytes(16).toString("hex");
    name = `${hash}-640.avif`;
  });
  afterEach(() => void vi.unstubAllEnvs());

  test("are found again with their type", async () => {
    expect(await store.has(name)).toBe(false);
    expect(await store.get(name)).toBeNull();
    await Promise.all([1, 2, 3].map(() => store.put(name, BYTES, "image/avif")));
    expect(await store.has(name)).toBe(true);
    const found = await store.get(name);
    expect(found?.contentType).toBe("image/avif");
    expect(Buffer.from(found?.bytes ?? []).equals(BYTES)).toBe(true);
  });

  test("a master is never served: only those who ask for masters read it", async () => {
    expect(await store.getMaster(hash)).toBeNull();
    await store.put(`masters/${hash}`, BYTES, "image/jpeg");
    expect(await store.has(`masters/${hash}`)).toBe(true);
    expect(await store.get(`masters/${hash}`)).toBeNull();
    expect(Buffer.from((await store.getMaster(hash)) ?? []).equals(BYTES)).toBe(true);
    for (const odd of [`masters/${hash}`, hash, `masters%2f${hash}`]) {
      expect((await photoResponse(store, odd, new Request("http://t/p"))).status).toBe(404);
    }
  });

  test("a name that is no photo's reaches nothing", async () => {
    const bad = [
      ...["../../etc/passwd", `../${name}`, `${name}/../x`, `${name}\0`, `${name}\n`, ""],
      ...["x-640.avif", `${hash}-641.avif`, `${hash.toUpperCase()}x-640.avif`],
    ];
    for (const odd of bad) {
      expect(await store.get(odd), odd).toBeNull();
      await expect(store.put(odd, BYTES, "image/avif")).rejects.toThrow("not a photo name");
      await expect(store.getMaster(odd)).rejects.toThrow("not a photo name");
    }
  });

  test("are served for ever, sniffed by nobody, and not sent twice", async () => {
    await store.put(name, BYTES, "image/avif");
    const first = await photoResponse(store, name, new Request("http://t/p"));
    expect(first.status).toBe(200);
    expect(first.headers.get("Cache-Control")).toBe("public, max-age=31536000, immutable");
    expect(first.headers.get("Content-Type")).toBe("image/avif");
    expect(first.headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(Buffer.from(await first.arrayBuffer()).equals(BYTES)).toBe(true);

    const etag = first.headers.get("ETag") ?? "";
    const again = new Request("http://t/p", { headers: { "If-None-Match": `"other", W/${etag}` } });
    const second = await photoResponse(store, name, again);
    expect(second.status).toBe(304);
    expect(await second.text()).toBe("");

    const head = await photoResponse(store, name, new Request("http://t/p", { method: "HEAD" }));
    expect(head.headers.get("Content-Length")).toBe(String(BYTES.length));
    expect(await head.text()).toBe("");

    const gone = await photoResponse(store, name.replace("640", "320"), new Request("http://t/p"));
    expect(gone.status).toBe(404);
    expect(gone.headers.get("Cache-Control")).toBe("no-store");
  });
});
