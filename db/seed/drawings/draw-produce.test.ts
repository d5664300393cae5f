import sharp from "sharp";
import { expect, test } from "vitest";
import { stripPhoto } from "#app/gateways/strip-photo.ts";
import { drawProduce } from "./draw-produce.ts";
import { PRODUCE_LOOKS } from "./produce-looks.ts";
import { rasteriseSprite } from "./rasterise.ts";

// The first to draw also reads the icons.
test("a drawing is a photo the market takes, and the same seed draws the same one", async () => {
  const first = await drawProduce("persimmon", "Yanyuan");
  expect(await stripPhoto(first)).toMatchObject({ ok: true, width: 960, height: 720 });
  expect((await drawProduce("persimmon", "Yanyuan")).equals(first)).toBe(true);
  expect((await drawProduce("persimmon", "Zhaojue")).equals(first)).toBe(false);
}, 60_000);

test("sixty kinds and more can be drawn, and an unknown one says what to do", async () => {
  expect(Object.keys(PRODUCE_LOOKS).length).toBeGreaterThanOrEqual(60);
  await expect(drawProduce("durian", "x")).rejects.toThrow("produce-looks.ts");
  expect(Object.values(PRODUCE_LOOKS).every(({ scenes }) => scenes.length > 0)).toBe(true);
});

test("SVG is closed again once the last of several drawings is done", async () => {
  // More than libvips has threads, so some start when others have ended.
  const dot = '<circle cx="16" cy="16" r="9" fill="#c33"/>';
  const dots = await Promise.all(Array.from({ length: 16 }, () => rasteriseSprite(dot)));
  expect(dots.every(([sprite]) => sprite?.ratio === 1)).toBe(true);
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
  await expect(sharp(svg).metadata()).rejects.toThrow(/unsupported/);
});
