import sharp from "sharp";
import { expect, test } from "vitest";
import { chunk, png } from "#scripts/chaos/uploads/png.ts";
import { film, manySegments, packedTexts } from "#tests/factories/heavy-photos.ts";
import { leanPhoto } from "./lean-photo.ts";
import { stripPhoto } from "./strip-photo.ts";

const noisy = (channels: 3 | 4 = 3) => {
  const data = Buffer.alloc(60 * 40 * channels).map((_, at) => (at * 7919) % 251);
  return sharp(data, { raw: { width: 60, height: 40, channels } });
};
const small = (photo: Buffer, format: "png" | "jpeg" | "webp") => leanPhoto(photo, format).length;

test("of a film only the first frame is given to the decoder, however many there are", async () => {
  const one = await film(1);
  expect(leanPhoto(one, "webp")).toEqual(one);
  expect(leanPhoto(await film(3_000), "webp")).toEqual(one);
  expect(await stripPhoto(await film(3_000))).toMatchObject({ ok: true, width: 64, height: 64 });
});

test("a film cut off in a later frame is damaged as before", async () => {
  const whole = await film(50);
  expect(await stripPhoto(whole.subarray(0, -20))).toEqual({ ok: false, reason: "photo-damaged" });
});

test("texts beside a PNG's picture are not unpacked, nor any chunk beside it but the first of what it needs", () => {
  const bare = png(64, 64);
  expect(leanPhoto(packedTexts(300, 1), "png")).toEqual(bare);
  const profile = chunk("iCCP", Buffer.from("x\0\0"));
  const two = png(64, 64, { extra: [profile, profile, chunk("juNk", Buffer.alloc(9))] });
  expect(leanPhoto(two, "png")).toEqual(png(64, 64, { extra: [profile] }));
  const vast = png(64, 64, { extra: [chunk("iCCP", Buffer.alloc(600_000))] });
  expect(leanPhoto(vast, "png")).toEqual(bare);
});

test("of a JPEG's comments none, and of its EXIFs the first is read: it says how to turn the photo", async () => {
  const shot = await noisy().withMetadata({ orientation: 6 }).jpeg().toBuffer();
  const exif = shot.subarray(shot.indexOf(Buffer.from([0xff, 0xe1])));
  const first = exif.subarray(0, 2 + exif.readUInt16BE(2));
  const crowded = await manySegments(2_000, 0xfe, "ab", Buffer.concat([first, first]));
  const lean = leanPhoto(crowded, "jpeg");
  expect(lean.length).toBe(crowded.length - 2_000 * 6 - first.length);
  expect(await stripPhoto(crowded)).toMatchObject({ ok: true, width: 200, height: 300 });
  expect(small(await manySegments(2_000, 0xe2, "ICC_PROFILE\0\x01\x02ab"), "jpeg")).toBeLessThan(
    small(await manySegments(255, 0xe2, "ICC_PROFILE\0\x01\x02ab"), "jpeg") + 1,
  );
});

test("a photo as phones and programs write it loses nothing of its picture", async () => {
  for (const format of ["png", "jpeg", "webp"] as const) {
    const written = noisy(format === "jpeg" ? 3 : 4).withIccProfile("p3");
    const photo = await written
      .withExif({ IFD0: { Make: "Redmi" } })
      [format]()
      .toBuffer();
    const [before, after] = [sharp(photo), sharp(leanPhoto(photo, format))];
    expect(await after.clone().raw().toBuffer()).toEqual(await before.clone().raw().toBuffer());
    const kept = async (image: typeof after) => {
      const { width, height, hasProfile, hasAlpha, space } = await image.metadata();
      return { width, height, hasProfile, hasAlpha, space };
    };
    expect(await kept(after)).toEqual(await kept(before));
  }
});

test("what is broken is left to the decoder, wherever it is cut", async () => {
  for (const format of ["png", "jpeg", "webp"] as const) {
    const whole = await noisy()[format]().toBuffer();
    for (let tenth = 1; tenth < 10; tenth++) {
      const cut = whole.subarray(0, Math.floor((whole.length * tenth) / 10));
      expect(leanPhoto(cut, format).length).toBeLessThanOrEqual(cut.length);
      expect(await stripPhoto(cut)).toEqual({ ok: false, reason: "photo-damaged" });
    }
  }
});
