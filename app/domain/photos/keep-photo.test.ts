import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { HouseholdScope } from "#app/domain/scopes.ts";
import { inspectPhoto, makeVariants } from "#app/gateways/photo-pipeline.ts";
import {
  type PhotoStore,
  PhotoStoreFullError,
  photoStoreInFolder,
} from "#app/gateways/photo-store.ts";
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
  keepPhoto(database.db, { store, inspect: inspectPhoto }, by, sent);

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

test("a photo waits, with its original kept and one job queued", async () => {
  const photoId = await kept();
  const [photo] = await readOwnPhotos(database.db, uploader, [photoId]);
  expect(photo).toMatchObject({ state: "waiting", width: 1200, height: 1600, variants: [] });
  const row = await rowOf(photoId);
  expect(Buffer.from((await store.getOriginal(row.content_hash)) ?? []).equals(bytes)).toBe(true);
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

test("what is no photo, or finds no room, leaves no row", async () => {
  expect(await keep(Buffer.from("no photo"))).toEqual({ ok: false, reason: "photo-wrong-type" });
  const full = {
    put: async () => {
      throw new PhotoStoreFullError("full");
    },
  };
  const result = await keepPhoto(
    database.db,
    { store: full, inspect: inspectPhoto },
    uploader,
    bytes,
  );
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
  const services = { db: database.db, photos: store };
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

test("two runs of the job at once end in one ready photo", async () => {
  const photoId = await kept();
  const services = { db: database.db, photos: store };
  await Promise.all([1, 2].map(() => makePhotoVariants(services, { photoId })));
  expect((await rowOf(photoId)).state).toBe("ready");
});

test("a photo that does not decode in the end is refused, now and when it is sent again", async () => {
  const photoId = await kept();
  const make = async () => ({ ok: false, reason: "photo-damaged" }) as const;
  const finished = await finishPhoto(database.db, { store, make }, photoId);
  expect(finished).toEqual({ ok: true, state: "refused" });
  expect(await rowOf(photoId)).toMatchObject({ state: "refused", refused_reason: "photo-damaged" });
  expect(await keep()).toEqual({ ok: false, reason: "photo-damaged" });
});

test("a lost original is tried again, and a photo nobody knows is not", async () => {
  const photoId = await kept();
  const lost = { put: store.put, getOriginal: async () => null };
  const gateways = { store: lost, make: makeVariants };
  const missing = await finishPhoto(database.db, gateways, photoId);
  expect(missing).toEqual({ ok: false, reason: "original-missing" });
  expect((await rowOf(photoId)).state).toBe("waiting");
  const empty = photoStoreInFolder(join(folder, "elsewhere"));
  await expect(makePhotoVariants({ db: database.db, photos: empty }, { photoId })).rejects.toThrow(
    "not in the store",
  );
  await makePhotoVariants({ db: database.db, photos: store }, { photoId: randomUUID() });
});

function rowOf(photoId: string) {
  return database.db
    .selectFrom("photos")
    .selectAll()
    .where("id", "=", photoId)
    .executeTakeFirstOrThrow();
}
