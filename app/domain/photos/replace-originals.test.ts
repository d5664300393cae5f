import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { v7 as uuidv7 } from "uuid";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { leftOriginalsIn } from "#app/gateways/left-originals.ts";
import { makeVariants } from "#app/gateways/photo-pipeline.ts";
import { photoStoreInFolder } from "#app/gateways/photo-store.ts";
import { stripPhoto } from "#app/gateways/strip-photo.ts";
import { makePhotoVariants } from "#app/jobs/make-photo-variants.ts";
import { phonePhoto } from "#tests/factories/phone-photo.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { replaceOriginals } from "./replace-originals.ts";

let database: TestDatabase;
let folder: string;
let bytes: Buffer;
beforeAll(async () => {
  database = await createTestDatabase();
  bytes = await phonePhoto({ width: 640, height: 480 });
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "photos-"));
});
afterEach(() => rm(folder, { recursive: true }));
afterAll(() => database.drop());

const gateways = () => ({
  originals: leftOriginalsIn(join(folder, "originals")),
  store: photoStoreInFolder(folder),
  strip: stripPhoto,
});

/** A photo as an earlier version left it: its row waits, its original lies in the folder. */
async function left(original: Buffer): Promise<{ id: string; hash: string }> {
  const [id, hash] = [uuidv7(), randomUUID().replaceAll("-", "")];
  const path = join(folder, "originals", hash.slice(0, 2), hash.slice(2, 4), hash);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, original);
  await writeFile(`${path}.${id}.tmp`, original.subarray(0, 900));
  await database.db
    .insertInto("photos")
    .values({ id, uploaded_by: "household", content_hash: hash, width: 480, height: 640 })
    .execute();
  return { id, hash };
}

const stateOf = ({ id }: { id: string }) =>
  database.db.selectFrom("photos").select("state").where("id", "=", id).executeTakeFirstOrThrow();

test("an original left by an earlier version becomes a master, and its photo is made of that", async () => {
  const photo = await left(bytes);
  expect(await replaceOriginals(database.db, gateways())).toEqual({ replaced: 1 });
  expect(await readdir(folder)).toEqual(["masters"]);
  await makePhotoVariants(
    { db: database.db, photos: photoStoreInFolder(folder), makeVariants },
    { photoId: photo.id },
  );
  expect(await stateOf(photo)).toEqual({ state: "ready" });
  expect(await replaceOriginals(database.db, gateways())).toEqual({ replaced: 0 });
});

test("an original that is no photo goes too, and its photo is refused", async () => {
  const photo = await left(Buffer.from("no photo"));
  await replaceOriginals(database.db, gateways());
  expect(await readdir(folder)).toEqual([]);
  expect(await stateOf(photo)).toEqual({ state: "refused" });
});

test("killed between any two steps, no photo is lost and in the end no original is left", async () => {
  for (const step of ["read", "strip", "put", "forget"] as const) {
    const photo = await left(bytes);
    const killed = async (): Promise<never> => {
      throw new Error("killed");
    };
    const { originals, store, strip } = gateways();
    const dying = {
      originals: {
        ...originals,
        ...(step === "read" && { read: killed }),
        ...(step === "forget" && { forget: killed }),
      },
      store: { ...store, ...(step === "put" && { put: killed }) },
      strip: step === "strip" ? killed : strip,
    };
    await expect(replaceOriginals(database.db, dying)).rejects.toThrow("killed");
    const isKept = (await originals.read(photo.hash)) ?? (await store.getMaster(photo.hash));
    expect(isKept, step).not.toBeNull();
    await replaceOriginals(database.db, gateways());
    expect(await store.has(`masters/${photo.hash}`), step).toBe(true);
    expect(await readdir(folder), step).toEqual(["masters"]);
    expect(await stateOf(photo), step).toEqual({ state: "waiting" });
  }
});

test("two at once replace every original", async () => {
  const photos = [await left(bytes), await left(bytes)];
  await Promise.all([1, 2].map(() => replaceOriginals(database.db, gateways())));
  const { store } = gateways();
  for (const { hash } of photos) expect(await store.has(`masters/${hash}`)).toBe(true);
  expect(await readdir(folder)).toEqual(["masters"]);
});
