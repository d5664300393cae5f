import { createHash } from "node:crypto";
import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { PhotoStoreFullError, photoStoreInFolder } from "#app/gateways/photo-store.ts";
import { messages } from "#app/i18n/messages.ts";
import { type Farm, openFarm } from "#tests/factories/farm.ts";
import { phonePhoto } from "#tests/factories/phone-photo.ts";
import { openUploadLine, smallBytes, type UploadLine } from "#tests/factories/upload-line.ts";
import { raceBehind } from "#tests/setup/barrier.ts";

let farm: Farm;
let line: UploadLine;
let isFull = false;
const hashOf = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex").slice(0, 32);

beforeAll(async () => {
  farm = await openFarm();
  const store = photoStoreInFolder(farm.folder);
  const put: typeof store.put = async (...photo) => {
    if (isFull) throw new PhotoStoreFullError("full");
    return store.put(...photo);
  };
  line = await openUploadLine(farm, { photos: { ...store, put } });
});
beforeEach(() => line.forgetAll());
afterAll(async () => {
  await line.close();
  await farm.close();
});

const photoOf = (id?: string) =>
  farm.db
    .selectFrom("photos")
    .selectAll()
    .where("id", "=", id ?? "")
    .executeTakeFirst();

describe("a photo on a weak line", () => {
  it("that is cut ten times arrives whole, byte by byte, and nothing of it is left lying", async () => {
    const bytes = await phonePhoto({ width: 1600, height: 1200 });
    const draft = uuidv7();
    const path = await line.begun(bytes.byteLength, { draft });
    const step = Math.floor(bytes.byteLength / 11);
    for (let cut = 1; cut <= 10; cut++) {
      const offset = await line.offsetOf(path);
      const { hangUp } = await line.cut(path, offset, bytes.subarray(offset), step);
      await expect.poll(() => line.offsetOf(path)).toBe(offset + step);
      hangUp();
    }
    const offset = await line.offsetOf(path);
    const last = await line.patch(path, offset, bytes.subarray(offset));
    expect(last).toMatchObject({
      status: 204,
      headers: { "upload-offset": String(bytes.byteLength), "photo-id": expect.any(String) },
    });
    const photoId = last.headers["photo-id"];
    expect(await photoOf(photoId)).toMatchObject({ content_hash: hashOf(bytes), state: "waiting" });
    expect(await line.arriving()).toEqual([]);
    expect((await line.ask("HEAD", path)).headers["photo-id"]).toBe(photoId);
    const kept = await farm.db.selectFrom("listing_drafts").selectAll().where("id", "=", draft);
    expect(await kept.executeTakeFirst()).toMatchObject({ photo_ids: [photoId] });
  });

  it("begun twice with one key is one upload, also twice at once", async () => {
    const bytes = await smallBytes();
    const key = uuidv7();
    const lock = sql`select from households for update`;
    const begin = () => line.begin(bytes.byteLength, { key });
    const both = await raceBehind(farm.db, lock, 2, [begin, begin]);
    expect(both.map(({ status }) => status)).toEqual([201, 201]);
    expect(new Set(both.map(({ headers }) => headers.location)).size).toBe(1);
    const path = both[0]?.headers.location ?? "";
    await line.patch(path, 0, bytes.subarray(0, 10));
    expect((await line.begin(bytes.byteLength, { key })).headers["upload-offset"]).toBe("10");
    expect((await line.begin(bytes.byteLength + 1, { key })).status).toBe(409);
    const { headers } = await line.patch(path, 10, bytes.subarray(10));
    const again = await line.begin(bytes.byteLength, { key });
    expect(again.headers["photo-id"]).toBe(headers["photo-id"]);
  });

  it("sent anew while the old sending still hangs is not mixed with it", async () => {
    const bytes = await phonePhoto({ width: 800, height: 600 });
    const path = await line.begun(bytes.byteLength);
    const { outgoing, hangUp } = await line.cut(path, 0, bytes, 5_000);
    await expect.poll(() => line.offsetOf(path)).toBe(5_000);
    const anew = line.patch(path, 5_000, bytes.subarray(5_000));
    outgoing.write(bytes.subarray(5_000, 8_000)); // what the old line still spits out
    expect([204, 409]).toContain((await anew).status);
    hangUp();
    const offset = await line.offsetOf(path);
    const { headers } = await line.patch(path, offset, bytes.subarray(offset));
    expect((await photoOf(headers["photo-id"]))?.content_hash).toBe(hashOf(bytes));
  });

  it("sent twice at once counts once", async () => {
    const bytes = await smallBytes();
    const path = await line.begun(bytes.byteLength);
    const both = await Promise.all([1, 2, 3].map(() => line.patch(path, 0, bytes)));
    for (const { status } of both) expect([204, 409]).toContain(status);
    const offset = await line.offsetOf(path);
    await line.patch(path, offset, bytes.subarray(offset));
    const { headers } = await line.ask("HEAD", path);
    expect((await photoOf(headers["photo-id"]))?.content_hash).toBe(hashOf(bytes));
  });

  it("whose last answer was lost hears it again, and is not sent twice", async () => {
    const bytes = await smallBytes();
    const path = await line.begun(bytes.byteLength);
    const { headers } = await line.patch(path, 0, bytes);
    const again = await line.patch(path, 0, bytes);
    expect(again).toMatchObject({
      status: 409,
      headers: { "upload-offset": String(bytes.byteLength) },
    });
    const empty = await line.patch(path, bytes.byteLength, Buffer.alloc(0));
    expect(empty).toMatchObject({ status: 204, headers: { "photo-id": headers["photo-id"] } });
  });

  it("for which there is no room just now is kept, and an empty piece tries again", async () => {
    const bytes = await smallBytes();
    const path = await line.begun(bytes.byteLength);
    isFull = true;
    const full = await line.patch(path, 0, bytes);
    isFull = false;
    expect(full).toMatchObject({
      status: 507,
      text: `${messages.zh.farmPhoto.refused["photo-store-full"]}\n`,
    });
    const tried = await line.patch(path, bytes.byteLength, Buffer.alloc(0));
    expect(tried).toMatchObject({ status: 204, headers: { "photo-id": expect.any(String) } });
  });
});
