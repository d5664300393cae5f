import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PhotoStoreAwayError } from "#app/gateways/photo-store.ts";
import { type Farm, formOf, openFarm } from "#tests/factories/farm.ts";
import { phonePhoto } from "#tests/factories/phone-photo.ts";
import { loader } from "./own-photo.ts";
import { action as sendPhotos } from "./photos.tsx";
import { ShownPhoto } from "./shown-photo.tsx";

let farm: Farm;
let photo = "";

beforeAll(async () => {
  farm = await openFarm();
  const draft = "018f0000-0000-7000-8000-0000000000aa";
  const shot = new File([new Uint8Array(await phonePhoto({ width: 640, height: 480 }))], "a.jpg", {
    type: "image/jpeg",
  });
  const form = farm.args(farm.farmer, formOf({ photo: shot }));
  await sendPhotos({ ...form, params: { draft } });
  const kept = await farm.db.selectFrom("photos").select("id").executeTakeFirstOrThrow();
  photo = kept.id;
});
afterAll(() => farm.close());

const ask = (by: Headers, id = photo, changed: object = {}) => {
  const args = farm.args(by);
  const context = { ...args.context, ...changed };
  return loader({ ...args, context, params: { photo: id } } as Parameters<typeof loader>[0]);
};

describe("a photo that no pictures are made of yet", () => {
  it("is shown to her who took it, without what the camera wrote, and kept by no one between", async () => {
    const answer = await ask(farm.farmer);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("Content-Type")).toBe("image/jpeg");
    expect(answer.headers.get("Cache-Control")).toMatch(/^private/);
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(bytes.subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
    expect(bytes.includes("Exif")).toBe(false);
  });

  it("is nobody else's to see", async () => {
    expect((await ask(farm.neighbour)).status).toBe(404);
    const out = await ask(new Headers()).then(
      ({ status }) => status,
      (thrown: Response) => thrown.status,
    );
    expect([302, 303, 401]).toContain(out);
    expect((await ask(farm.farmer, "../masters")).status).toBe(404);
    const away = { getMaster: () => Promise.reject(new PhotoStoreAwayError("away")) };
    expect((await ask(farm.farmer, photo, { photos: away })).status).toBe(503);
  });

  it("stands on the page where she checks it, with scripts and without", () => {
    const waiting = { id: photo, state: "waiting" as const, placeholder: null, variants: [] };
    const props = { alt: "照片 1", sizes: "40vw", waitingText: "已保存" };
    const drawn = renderToStaticMarkup(
      createElement(ShownPhoto, { ...props, photo: { ...waiting, width: null, height: null } }),
    );
    expect(drawn).toContain(`data-photo-seen="${photo}"`);
    expect(drawn).toContain(`<noscript><img src="/farm/photos/${photo}"`);
  });
});
