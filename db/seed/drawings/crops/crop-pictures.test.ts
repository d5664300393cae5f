import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import categories from "../../reference/categories.json" with { type: "json" };
import { cropPictures, groupPictures } from "./crop-pictures.ts";
import { cropSprite } from "./crop-sprite.ts";

describe.each(categories)("the pictures of $code", ({ code, crops }) => {
  const pictures = cropPictures[code] ?? {};

  test("are one for each crop, and no two alike", () => {
    expect(Object.keys(pictures).sort()).toEqual(crops.map(([crop]) => crop).sort());
    expect(new Set(Object.values(pictures)).size).toBe(crops.length);
  });

  test("are small enough for a slow line: 3 kB each, 25 kB together", () => {
    for (const [crop, picture] of Object.entries(pictures)) {
      expect(gzipSync(cropSprite({ [crop]: picture })).length, crop).toBeLessThanOrEqual(3_000);
    }
    expect(gzipSync(cropSprite(pictures)).length).toBeLessThanOrEqual(25_000);
  });

  test("lie in app/ui as they are drawn: else run node scripts/draw-crops.ts", () => {
    const file = new URL(`../../../../app/ui/crop-pictures/${code}.svg`, import.meta.url);
    expect(readFileSync(file, "utf8") === cropSprite(pictures)).toBe(true);
  });
});

test("each group has a picture of its own, of one of its crops", () => {
  expect(Object.keys(groupPictures)).toEqual(categories.map(({ code }) => code));
  const file = new URL("../../../../app/ui/crop-pictures/groups.svg", import.meta.url);
  expect(readFileSync(file, "utf8") === cropSprite(groupPictures)).toBe(true);
});
