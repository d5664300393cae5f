import sharp from "sharp";
import { beforeAll, describe, expect, test } from "vitest";
import { phonePhoto } from "#tests/factories/phone-photo.ts";
import { type MadeVariant, makeVariants } from "./photo-pipeline.ts";
import { stripPhoto } from "./strip-photo.ts";

const TRACES =
  /Exif|GPS|ns\.adobe|xmpmeta|secret-orchard|Redmi|ICC_PROFILE|acsp|8BIM|Photoshop|prof/;

async function strip(sent: Uint8Array) {
  const stripped = await stripPhoto(sent);
  if (!stripped.ok) throw new Error(stripped.reason);
  return stripped;
}

async function make(master: Uint8Array) {
  const made = await makeVariants(master);
  if (!made.ok) throw new Error(made.reason);
  return made;
}

/** From what was sent to what is seen. */
const show = async (sent: Uint8Array) => make((await strip(sent)).master);

describe("a 12-megapixel photo taken on its side, with GPS inside", () => {
  let photo: Buffer;
  let stripped: Awaited<ReturnType<typeof strip>>;
  let made: Awaited<ReturnType<typeof make>>;

  beforeAll(async () => {
    photo = await phonePhoto();
    stripped = await strip(photo);
    made = await make(stripped.master);
  });

  test("carries what the pipeline has to remove", () => {
    const text = photo.toString("latin1");
    for (const trace of ["Exif", "secret-orchard", "ns.adobe", "ICC_PROFILE"]) {
      expect(text).toContain(trace);
    }
  });

  test("is kept upright, as large as the largest picture that is shown, its own size told", async () => {
    expect(stripped).toMatchObject({ width: 3024, height: 4032 });
    const master = await sharp(stripped.master).metadata();
    expect(master).toMatchObject({ format: "jpeg", width: 960, height: 1280 });
  });

  test("becomes AVIF in three widths and one JPEG, 1280 at most on the longest side", () => {
    const sizes = made.variants.map(({ suffix, width, height }) => [suffix, width, height]);
    expect(sizes).toEqual([
      ["320.avif", 320, 427],
      ["640.avif", 640, 853],
      ["1280.avif", 960, 1280],
      ["640.jpg", 640, 853],
    ]);
    expect([made.width, made.height]).toEqual([960, 1280]);
  });

  test("stands upright in every variant: red above, green below", async () => {
    for (const { bytes } of made.variants) {
      const { data, info } = await sharp(bytes)
        .resize(2, 2, { fit: "fill" })
        .removeAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true });
      expect(info.channels).toBe(3);
      const [red = 0, green = 0] = data;
      const [belowRed = 0, belowGreen = 0] = data.subarray(6);
      expect(red).toBeGreaterThan(green + 40);
      expect(belowGreen).toBeGreaterThan(belowRed + 40);
    }
  });

  test("keeps its colours when its wide-gamut profile goes", async () => {
    const top = async (bytes: Uint8Array, ignoreIcc = false) => [
      ...(await sharp(bytes, { ignoreIcc })
        .autoOrient()
        .resize(1, 2, { fit: "fill" })
        .raw()
        .toBuffer()),
    ];
    const [meant = 0] = await top(photo);
    const [unconverted = 0] = await top(photo, true);
    expect(meant - unconverted).toBeGreaterThan(6);
    for (const { bytes } of made.variants) {
      const [red = 0] = await top(bytes);
      expect(Math.abs(red - meant)).toBeLessThan(4);
    }
  });

  test("has not one byte of metadata left in what is kept or in any variant", async () => {
    for (const one of [
      { bytes: stripped.master, format: "jpeg", width: 960, height: 1280 } as const,
      ...made.variants,
    ])
      await expectNoMetadata(one);
  });

  test("has a placeholder of at most 200 characters that is a picture", async () => {
    expect(made.placeholder.length).toBeLessThanOrEqual(200);
    expect(made.placeholder).toMatch(/^data:image\/webp;base64,/);
    const webp = Buffer.from(made.placeholder.split(",")[1] ?? "", "base64");
    expect((await sharp(webp).metadata()).height).toBe(12);
  });
});

type Kept = Pick<MadeVariant, "bytes" | "format" | "width" | "height">;

async function expectNoMetadata({ bytes, format, width, height }: Kept): Promise<void> {
  expect(Buffer.from(bytes).toString("latin1")).not.toMatch(TRACES);
  const found = await sharp(bytes).metadata();
  expect(found).toMatchObject({ width, height, format: format === "avif" ? "heif" : "jpeg" });
  for (const kind of ["exif", "icc", "iptc", "xmp", "orientation", "comments"] as const) {
    expect(found[kind], kind).toBeUndefined();
  }
  expect(found.hasProfile).toBe(false);
}

test("all eight ways a camera can be held come out upright", async () => {
  const quarters = Buffer.from([255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 0]);
  const colours = await sharp(quarters, { raw: { width: 2, height: 2, channels: 3 } })
    .resize(96, 64, { kernel: "nearest", fit: "fill" })
    .png()
    .toBuffer();
  for (let orientation = 1; orientation <= 8; orientation += 1) {
    const taken = await sharp(colours)
      .jpeg({ quality: 95 })
      .withMetadata({ orientation })
      .toBuffer();
    const made = await show(taken);
    const small = (bytes: Uint8Array) =>
      sharp(bytes).autoOrient().resize(2, 2, { kernel: "nearest", fit: "fill" }).raw().toBuffer();
    const expected = await small(taken);
    const actual = await small(made.variants.at(-1)?.bytes ?? new Uint8Array());
    for (const [index, value] of expected.entries()) {
      expect(Math.abs(value - (actual[index] ?? 0)), `orientation ${orientation}`).toBeLessThan(60);
    }
  }
});

test("a small photo is never enlarged", async () => {
  const small = await sharp({
    create: { width: 500, height: 300, channels: 3, background: "#c33" },
  })
    .png()
    .toBuffer();
  const made = await show(small);
  expect(made.variants.map(({ suffix, width }) => `${suffix} ${width}`)).toEqual([
    "320.avif 320",
    "640.avif 500",
    "640.jpg 500",
  ]);
  expect([made.width, made.height]).toEqual([500, 300]);
});

test("a picture with text chunks, a see-through ground and grey pixels is made clean as well", async () => {
  const odd = await sharp({
    create: { width: 40, height: 30, channels: 4, background: { r: 9, g: 9, b: 9, alpha: 0 } },
  })
    .withExif({ IFD0: { ImageDescription: "secret-orchard" } })
    .png()
    .toBuffer();
  const made = await show(odd);
  for (const variant of made.variants) await expectNoMetadata(variant);
  const { channels } = await sharp(made.variants[0]?.bytes).stats();
  expect(channels[0]?.mean).toBeGreaterThan(250);

  const grey = await sharp({ create: { width: 40, height: 30, channels: 3, background: "#888" } })
    .toColourspace("b-w")
    .png()
    .toBuffer();
  expect(await show(grey)).toMatchObject({ ok: true, width: 40 });
});

test("pictures made at once do not disturb each other, and a broken one holds nobody up", async () => {
  const good = await sharp({ create: { width: 90, height: 60, channels: 3, background: "#3a3" } })
    .jpeg()
    .toBuffer();
  const results = await Promise.all(
    [good, good.subarray(0, 40), good].map((bytes) => makeVariants(bytes)),
  );
  expect(results.map(({ ok }) => ok)).toEqual([true, false, true]);
});
