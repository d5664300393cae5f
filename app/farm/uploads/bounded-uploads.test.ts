import { rm, truncate, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { v7 as uuidv7 } from "uuid";
import { describe, expect, it } from "vitest";
import { sweepUploads } from "#app/domain/photos/sweep-uploads.ts";
import { arrivingPhotosInFolder } from "#app/gateways/arriving-photos.ts";
import { messages } from "#app/i18n/messages.ts";
import type { Farm } from "#tests/factories/farm.ts";
import { makeHousehold } from "#tests/factories/people.ts";
import { onUploadLine, smallBytes, type UploadLine } from "#tests/factories/upload-line.ts";

let farm: Farm;
let line: UploadLine;
onUploadLine((...opened) => {
  [farm, line] = opened;
});

describe("what is not whole", () => {
  it("stops at fifteen that are not whole, and at six in a draft", async () => {
    for (let at = 0; at < 15; at++) await line.begun(10);
    expect(await line.begin(10)).toMatchObject({
      status: 429,
      headers: { "photo-refused": "too-many-uploads" },
    });
    expect((await line.begin(10, {}, farm.neighbour)).status).toBe(201);
    await farm.db.deleteFrom("photo_uploads").execute();
    const draft = uuidv7();
    const statuses: number[] = [];
    for (let at = 0; at < 7; at++) {
      const bytes = await smallBytes();
      const path = await line.begun(bytes.byteLength, { draft });
      statuses.push((await line.patch(path, 0, bytes)).status);
    }
    expect(statuses).toEqual([204, 204, 204, 204, 204, 204, 422]);
  });

  it("gives its place to a new one after a quarter of an hour without a piece, and begins anew", async () => {
    const paths: string[] = [];
    for (let at = 0; at < 15; at++) {
      const path = await line.begun(10);
      await line.patch(path, 0, Buffer.alloc(4));
      paths.push(path);
    }
    const ids = await farm.db
      .selectFrom("photo_uploads")
      .select(["id", "key"])
      .orderBy("created_at")
      .execute();
    const quietFor = (at: number, minutes: number) => {
      const since = new Date(Date.now() - minutes * 60_000);
      return utimes(join(farm.folder, "arriving", ids[at]?.id ?? ""), since, since);
    };
    await quietFor(3, 14);
    expect(await line.begin(10)).toMatchObject({
      status: 429,
      headers: { "photo-refused": "too-many-uploads", "retry-after": expect.any(String) },
    });
    await quietFor(3, 16);
    await quietFor(7, 20);
    await line.begun(10);
    expect((await line.ask("HEAD", paths[7] ?? "")).status).toBe(404);
    expect(await line.arriving()).toHaveLength(14);
    await line.begun(10);
    expect((await line.ask("HEAD", paths[3] ?? "")).status).toBe(404);
    expect(await line.offsetOf(paths[0] ?? "")).toBe(4);
    expect((await line.begin(10)).status).toBe(429);
    // The phone of the dropped one comes back, when a place is free: from nothing.
    await line.ask("DELETE", paths[0] ?? "");
    const key = ids[7]?.key ?? "";
    expect((await line.begin(10, { key })).headers["upload-offset"]).toBe("0");
  });

  it("holds its place for ten minutes while nothing has come of it, and leaves nothing", async () => {
    const store = arrivingPhotosInFolder(join(farm.folder, "arriving"));
    const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000);
    const [full, ...empty] = await Promise.all(Array.from({ length: 15 }, () => line.begun(10)));
    await line.patch(full ?? "", 0, Buffer.alloc(4));
    await line.patch(empty[0] ?? "", 0, Buffer.alloc(0));
    await sweepUploads(farm.db, store, inMinutes(9));
    expect((await line.begin(10)).status).toBe(429);
    expect(await sweepUploads(farm.db, store, inMinutes(11))).toMatchObject({ uploads: 14 });
    expect(await line.arriving()).toHaveLength(1);
    expect(await line.offsetOf(full ?? "")).toBe(4);
    // Whether the sweeper came or not, it is begun anew, under its own key.
    const lost = empty[1] ?? "";
    expect((await line.patch(lost, 0, Buffer.alloc(4))).status).toBe(404);
    await line.begun(10, { key: lost.split("/").at(-1) ?? "" });
    expect((await line.patch(lost, 0, Buffer.alloc(4))).status).toBe(204);
  });

  it("stops at three hundred a day, whatever became of them", async () => {
    const path = await line.begun(10);
    const [known] = await farm.db.selectFrom("photo_uploads").selectAll().execute();
    const refused = { ...known, refused_reason: "photo-wrong-type" } as NonNullable<typeof known>;
    const others = () => Array.from({ length: 299 }, () => ({ ...refused, ...keys() }));
    const keys = () => ({ id: uuidv7(), key: uuidv7() });
    await farm.db.insertInto("photo_uploads").values(others()).execute();
    expect(await line.begin(10)).toMatchObject({
      status: 429,
      headers: { "photo-refused": "too-many-uploads-today" },
      text: `${messages.zh.farmPhoto.refused["too-many-uploads-today"]}\n`,
    });
    expect((await line.patch(path, 0, Buffer.alloc(4))).status).toBe(204);
    expect((await line.begin(10, {}, farm.neighbour)).status).toBe(201);
  });

  it("takes no room from others before its bytes have come, only then", async () => {
    const { id: household_id } = await makeHousehold(farm.db);
    const gigabyte = { household_id, length: 2 ** 30, expires_at: new Date(Date.now() + 60_000) };
    const empty = [1, 2].map(() => ({ ...gigabyte, id: uuidv7(), key: uuidv7() }));
    await farm.db.insertInto("photo_uploads").values(empty).execute();
    const bytes = await smallBytes();
    const path = await line.begun(bytes.byteLength);
    await line.patch(path, 0, bytes.subarray(0, 10));
    const lying = join(farm.folder, "arriving", uuidv7());
    await writeFile(lying, ""); // holes take no room here, but have a length
    const full = { status: 507, headers: { "photo-refused": "photo-store-full" } };
    await truncate(lying, 1.5 * 2 ** 30);
    expect(await line.begin(10)).toMatchObject(full);
    await truncate(lying, 2 ** 31);
    expect(await line.patch(path, 10, bytes.subarray(10))).toMatchObject(full);
    await truncate(lying, 1.5 * 2 ** 30); // what has begun may become whole
    expect((await line.patch(path, 10, bytes.subarray(10))).headers["photo-id"]).toBeDefined();
    await rm(lying);
    expect((await line.begin(10)).status).toBe(201);
  });

  it("is thrown away after a day, on the disk too", async () => {
    const key = uuidv7();
    const path = await line.begun(100, { key });
    await line.patch(path, 0, Buffer.alloc(40));
    expect(await line.arriving()).toHaveLength(1);
    const store = arrivingPhotosInFolder(join(farm.folder, "arriving"));
    expect(await sweepUploads(farm.db, store)).toEqual({ uploads: 0, files: 0 });
    const tomorrow = new Date(Date.now() + 24 * 60 * 60 * 1000 + 60_000);
    expect(await sweepUploads(farm.db, store, tomorrow)).toEqual({ uploads: 1, files: 1 });
    expect(await line.arriving()).toEqual([]);
    expect((await line.ask("HEAD", path)).status).toBe(404);
    // One that the sweeper has not met yet begins anew, from nothing.
    await line.patch(await line.begun(100, { key }), 0, Buffer.alloc(40));
    await farm.db
      .updateTable("photo_uploads")
      .set({ expires_at: new Date(0) })
      .execute();
    expect((await line.patch(path, 40, Buffer.alloc(60))).status).toBe(404);
    expect((await line.begin(100, { key })).headers["upload-offset"]).toBe("0");
  });
});
