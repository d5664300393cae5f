import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openPhotoStore } from "#app/gateways/open-photo-store.ts";
import { makeVariants } from "#app/gateways/photo-pipeline.ts";
import type { PhotoStore } from "#app/gateways/photo-store.ts";
import { messages } from "#app/i18n/messages.ts";
import { makePhotoVariants } from "#app/jobs/make-photo-variants.ts";
import { type Farm, formOf, goodOffer, openFarm, smallPhoto } from "#tests/factories/farm.ts";
import { phonePhoto } from "#tests/factories/phone-photo.ts";
import { openUploadLine, type UploadLine } from "#tests/factories/upload-line.ts";
import { openLine } from "#tests/setup/line.ts";
import { type PhotoBucket, photoBuckets } from "#tests/setup/photo-buckets.ts";
import { action as whole } from "../listings/whole.tsx";

const NOTHING = Buffer.alloc(0);

describe.each(photoBuckets)("a photo's way through %s", (_, open) => {
  let bucket: PhotoBucket;
  let store: PhotoStore;
  let farm: Farm;
  let phone: UploadLine;
  const heard: string[] = [];
  let toStore: Awaited<ReturnType<typeof openLine>>;
  beforeAll(async () => {
    bucket = await open();
    for (const [key, value] of Object.entries(bucket.keys)) vi.stubEnv(key, value);
    toStore = await openLine(bucket.endpoint);
    const address = bucket.address.replace(bucket.endpoint, toStore.url.replace(/\/$/, ""));
    farm = await openFarm();
    const settings = { PHOTO_STORE: address, DATA_DIR: farm.folder };
    store = await openPhotoStore(settings, ({ message }) => heard.push(message));
    phone = await openUploadLine(farm, { photos: store });
  });
  afterAll(async () => {
    await phone.close();
    await farm.close();
    await toStore.cut();
    await bucket.close();
    vi.unstubAllEnvs();
  });

  const make = (photoId: string) =>
    makePhotoVariants({ db: farm.db, photos: store, makeVariants }, { photoId });
  const photoOf = (id: string) =>
    farm.db.selectFrom("photos").selectAll().where("id", "=", id).executeTakeFirstOrThrow();

  async function sendInPieces(bytes: Buffer): Promise<string> {
    const path = await phone.begun(bytes.byteLength);
    const half = Math.floor(bytes.byteLength / 2);
    const { hangUp } = await phone.cut(path, 0, bytes, half);
    await expect.poll(() => phone.offsetOf(path)).toBe(half);
    hangUp();
    const { headers } = await phone.patch(path, half, bytes.subarray(half));
    return headers["photo-id"] ?? "";
  }

  it("comes in pieces over a cut, is made into pictures, and those alone are served", async () => {
    const photoId = await sendInPieces(await phonePhoto({ width: 1600, height: 1200 }));
    await make(photoId);
    await make(photoId); // a worker that was killed after its work does it again
    const photo = await photoOf(photoId);
    expect(photo).toMatchObject({ state: "ready", width: 960, height: 1280 });
    const variants = photo.variants as { name: string; bytes: number }[];
    expect(variants.length).toBeGreaterThan(2);
    for (const { name, bytes } of variants) {
      const { status, headers } = await phone.ask("GET", `/photos/${name}`);
      expect(status).toBe(200);
      expect(headers["content-length"]).toBe(String(bytes));
      expect(headers["content-type"]).toBe(name.endsWith("avif") ? "image/avif" : "image/jpeg");
      expect(Buffer.from((await store.get(name))?.bytes ?? []).includes("secret-orchard")).toBe(
        false,
      );
    }
    const master = Buffer.from((await store.getMaster(photo.content_hash)) ?? []);
    expect(master.subarray(0, 3).toString("hex")).toBe("ffd8ff");
    expect(master.includes("secret-orchard")).toBe(false);
    for (const path of [
      `masters/${photo.content_hash}`,
      photo.content_hash,
      `${photoId}-640.jpg`,
    ]) {
      expect((await phone.ask("GET", `/photos/${path}`)).status).toBe(404);
    }
  });

  it("stays in pieces while the store is stopped, and goes on by an empty piece", async () => {
    const bytes = await phonePhoto({ width: 800, height: 600 });
    const path = await phone.begun(bytes.byteLength);
    await toStore.cut();
    const away = await phone.patch(path, 0, bytes);
    const text = `${messages.zh.farmPhoto.refused["photo-store-away"]}\n`;
    expect(away).toMatchObject({ status: 503, text });
    expect(await phone.offsetOf(path)).toBe(bytes.byteLength);
    await toStore.mend();
    const { status, headers } = await phone.patch(path, bytes.byteLength, NOTHING);
    expect(status).toBe(204);

    const photoId = headers["photo-id"] ?? "";
    await toStore.cut();
    await expect(make(photoId)).rejects.toThrow("The photo store gave no answer");
    expect((await photoOf(photoId)).state).toBe("waiting");
    await toStore.mend();
    await make(photoId);
    expect((await photoOf(photoId)).state).toBe("ready");
  });

  it("in a form is told beside its field while the store is stopped, and what is typed stays", async () => {
    const photo = [await smallPhoto("a.jpg"), await smallPhoto("b.jpg")];
    const { request, context } = farm.args(farm.farmer, formOf({ ...goodOffer(), photo }));
    heard.length = 0;
    await toStore.cut();
    const answer = await whole({ request, context: { ...context, photos: store }, params: {} });
    await toStore.mend();
    expect(heard).toHaveLength(1); // she is not let wait for each
    expect(answer).toMatchObject({
      init: { status: 422 },
      data: {
        values: { title: "雪梨" },
        errors: { photo: "photo-store-away" },
        kept: { refused: [{ name: "a.jpg" }, { name: "b.jpg" }] },
      },
    });
  });
});
