import { randomUUID } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { HouseholdScope } from "#app/domain/scopes.ts";
import { makeVariants } from "#app/gateways/photo-pipeline.ts";
import {
  type PhotoStore,
  PhotoStoreFullError,
  photoStoreInFolder,
} from "#app/gateways/photo-store.ts";
import { stripPhoto } from "#app/gateways/strip-photo.ts";
import { makePhotoVariants } from "#app/jobs/make-photo-variants.ts";
import { phonePhoto } from "#tests/factories/phone-photo.ts";
import { householdScope } from "#tests/factories/scopes.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { finishPhoto } from "./finish-photo.ts";
import { keepPhoto } from "./keep-photo.ts";
import { readOwnPhotos } from "./read-photos.ts";

let database: TestDatabase;
let folder: string;
let store: PhotoStore;
let bytes: Buffer;
let uploader: HouseholdScope;

beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), "photos-"));
  store = photoStoreInFolder(folder);
  bytes = await phonePhoto({ width: 1600, height: 1200 });
});
beforeEach(() => {
  uploader = newUploader();
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

const newUploader = () =>
  householdScope({ userId: "head", householdId: randomUUID(), cooperativeId: randomUUID() });

const keep = (sent: Uint8Array = bytes, by = uploader) =>
  keepPhoto(database.db, { store, strip: stripPhoto }, by, sent);

async function kept(sent?: Uint8Array): Promise<string> {
  const result = await keep(sent);
  if (!result.ok) throw new Error(result.reason);
  return result.photoId;
}

async function jobsOf(key: string): Promise<number> {
  const found = await sql<{ count: number }>`
    select count(*) as count from graphile_worker.jobs where key = ${key}`.execute(database.db);
  return Number(found.rows[0]?.count);
}

test("a photo waits, with its master kept and one job queued", async () => {
  const photoId = await kept();
  const [photo] = await readOwnPhotos(database.db, uploader, [photoId]);
  expect(photo).toMatchObject({ state: "waiting", width: 1200, height: 1600, variants: [] });
  const row = await rowOf(photoId);
  expect((await store.getMaster(row.content_hash))?.byteLength).toBeGreaterThan(10_000);
  expect(await jobsOf(`photo:${photoId}`)).toBe(1);
});

test("the same photo sent many times at once is one photo with one job", async () => {
  const results = await Promise.all(Array.from({ length: 8 }, () => keep()));
  const ids = new Set(results.map((result) => (result.ok ? result.photoId : result.reason)));
  expect(ids.size).toBe(1);
  expect(await jobsOf(`photo:${[...ids][0]}`)).toBe(1);
  const other = await keep(bytes, newUploader());
  expect(other.ok && !ids.has(other.photoId)).toBe(true);
});

test("what is no photo, is too large, or finds no room, leaves no row", async () => {
  expect(await keep(Buffer.from("no photo"))).toEqual({ ok: false, reason: "photo-wrong-type" });
  const large = Buffer.concat([bytes, Buffer.alloc(20 * 1024 * 1024)]);
  expect(await keep(large)).toEqual({ ok: false, reason: "photo-too-large" });
  const full = {
    put: async () => {
      throw new PhotoStoreFullError("full");
    },
  };
  const result = await keepPhoto(database.db, { store: full, strip: stripPhoto }, uploader, bytes);
  expect(result).toEqual({ ok: false, reason: "photo-store-full" });
  const rows = await database.db
    .selectFrom("photos")
    .select("id")
    .where("uploaded_by", "=", uploader.householdId)
    .execute();
  expect(rows).toEqual([]);
});

test("the job makes the photo ready, and a second run changes nothing", async () => {
  const photoId = await kept();
  const services = { db: database.db, photos: store, makeVariants };
  await makePhotoVariants(services, { photoId });
  const ready = await rowOf(photoId);
  expect(ready).toMatchObject({ state: "ready", width: 960, height: 1280 });
  const [photo] = await readOwnPhotos(database.db, uploader, [photoId]);
  expect(photo?.variants.map(({ width, format }) => `${format} ${width}`)).toEqual([
    "avif 320",
    "avif 640",
    "avif 960",
    "jpeg 640",
  ]);
  for (const { name } of photo?.variants ?? []) expect(await store.has(name)).toBe(true);
  await makePhotoVariants(services, { photoId });
  expect(await rowOf(photoId)).toEqual(ready);
});

test("two workers on one photo at the same moment end in one ready photo", async () => {
  const photoId = await kept();
  let arrived = 0;
  let open = () => {};
  const both = new Promise<void>((resolve) => {
    open = resolve;
  });
  const make: typeof makeVariants = async (master) => {
    const made = await makeVariants(master);
    if (++arrived === 2) open();
    await both; // neither has written yet
    return made;
  };
  const finished = await Promise.all(
    [1, 2].map(() => finishPhoto(database.db, { store, make }, photoId)),
  );
  expect(finished).toEqual(Array(2).fill({ ok: true, state: "ready" }));
  const [photo] = await readOwnPhotos(database.db, uploader, [photoId]);
  expect(photo?.variants).toHaveLength(4);
  for (const { name } of photo?.variants ?? []) expect(await store.has(name)).toBe(true);
});

test("of a 12-megapixel photo no file holds a byte that the camera wrote about it", async () => {
  const traces = /Exif|GPS|ns\.adobe|xmpmeta|secret-orchard|Redmi|ICC_PROFILE|acsp|from-the-yard/;
  const sent = await phonePhoto();
  const comment = Buffer.from("\xff\xfe\0\x0ffrom-the-yard", "latin1");
  const commented = Buffer.concat([sent.subarray(0, 2), comment, sent.subarray(2)]);
  for (const trace of ["Exif", "secret-orchard", "ICC_PROFILE", "from-the-yard"]) {
    expect(commented.includes(trace)).toBe(true);
  }
  const everything = async () => {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    return Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), "latin1")));
  };
  const photoId = await kept(commented);
  for (const bytesOf of await everything()) expect(bytesOf).not.toMatch(traces);
  await makePhotoVariants({ db: database.db, photos: store, makeVariants }, { photoId });
  const files = await everything();
  expect(files.length).toBeGreaterThanOrEqual(5);
  for (const bytesOf of files) expect(bytesOf).not.toMatch(traces);
}, 60_000);

test("a photo that does not decode in the end is refused, now and when it is sent again", async () => {
  const photoId = await kept();
  const make = async () => ({ ok: false, reason: "photo-damaged" }) as const;
  const finished = await finishPhoto(database.db, { store, make }, photoId);
  expect(finished).toEqual({ ok: true, state: "refused" });
  expect(await rowOf(photoId)).toMatchObject({ state: "refused", refused_reason: "photo-damaged" });
  expect(await keep()).toEqual({ ok: false, reason: "photo-damaged" });
});

test("a lost master is tried again, and a photo nobody knows is not", async () => {
  const photoId = await kept();
  const lost = { put: store.put, getMaster: async () => null };
  const gateways = { store: lost, make: makeVariants };
  const missing = await finishPhoto(database.db, gateways, photoId);
  expect(missing).toEqual({ ok: false, reason: "master-missing" });
  expect((await rowOf(photoId)).state).toBe("waiting");
  const empty = photoStoreInFolder(join(folder, "elsewhere"));
  await expect(
    makePhotoVariants({ db: database.db, photos: empty, makeVariants }, { photoId }),
  ).rejects.toThrow("not in the store");
  await makePhotoVariants(
    { db: database.db, photos: store, makeVariants },
    { photoId: randomUUID() },
  );
});

function rowOf(photoId: string) {
  return database.db
    .selectFrom("photos")
    .selectAll()
    .where("id", "=", photoId)
    .executeTakeFirstOrThrow();
}
