import { expect, type Page, test } from "@playwright/test";
import sharp from "sharp";
import { phonePhoto } from "#tests/factories/phone-photo.ts";

const WITH_MARK = { width: 320, height: 240, channels: 3, background: "#fff" } as const;
const ORIENTATIONS = [1, 2, 3, 4, 5, 6, 7, 8];
const GPS = { GPSLatitudeRef: "N", GPSLatitude: "27/1 25/1 30/1" };

/** Red on one side, green on the other and white in one corner: no two turns of it look alike. */
async function turned(from: Buffer, orientation: number): Promise<Buffer> {
  return sharp(from)
    .composite([{ input: { create: WITH_MARK }, left: 40, top: 40 }])
    .withMetadata({ orientation })
    .withExifMerge({ IFD0: { Make: "Redmi" }, IFD3: GPS })
    .jpeg({ quality: 95 })
    .toBuffer();
}

/**
 * Reads photos as Chrome does that is older than 112: an orientation asked for is refused. Up to 83
 * a photo comes as the sensor stored it, later upright (seen in 80, 83, 90, 92 and 106).
 */
async function readAsOldChrome(page: Page, imageOrientation: "none" | "from-image") {
  await page.goto("about:blank");
  await page.evaluate(
    (asStored) => {
      const read = window.createImageBitmap.bind(window) as (...of: unknown[]) => Promise<unknown>;
      const old = (file: Blob, asked?: object) =>
        asked ? Promise.reject(new TypeError("no such value")) : read(file, asStored);
      Object.assign(window, { createImageBitmap: old });
    },
    { imageOrientation },
  );
  await page.addScriptTag({ path: "public/enhance/photo-shrink.js" });
}

type Shrink = { shrinkPhoto(file: File): Promise<{ file: File; preview: HTMLCanvasElement }> };

/** What her phone sends of a photo. */
async function shrunk(page: Page, photo: Buffer): Promise<Buffer> {
  const sent = await page.evaluate(async (bytes) => {
    const file = new File([Uint8Array.from(atob(bytes), (one) => one.charCodeAt(0))], "IMG.jpg");
    const small = await (window as unknown as Shrink).shrinkPhoto(file);
    const reader = new FileReader();
    reader.readAsDataURL(small.file);
    await new Promise((done) => {
      reader.onload = done;
    });
    return String(reader.result).split(",")[1] ?? "";
  }, photo.toString("base64"));
  return Buffer.from(sent, "base64");
}

const seen = (photo: Buffer) =>
  sharp(photo).toColourspace("srgb").resize(12, 12, { fit: "fill" }).raw().toBuffer();

for (const reading of ["none", "from-image"] as const) {
  test(`a phone too old to be asked for a photo's orientation (${reading}) sends it small and upright`, {
    tag: "@any-phone",
  }, async ({ page }) => {
    await readAsOldChrome(page, reading);
    const photo = await phonePhoto({ width: 2400, height: 1800, orientation: 1 });
    for (const orientation of ORIENTATIONS) {
      const shot = await turned(photo, orientation);
      const sent = await shrunk(page, shot);
      expect(sent.byteLength).toBeLessThanOrEqual(300_000);
      const { width, height, exif } = await sharp(sent).metadata();
      const upright = orientation > 4 ? [1200, 1600] : [1600, 1200];
      expect({ orientation, size: [width, height] }).toEqual({ orientation, size: upright });
      expect(exif).toBeUndefined();
      const [wanted, got] = [
        await seen(await sharp(shot).autoOrient().toBuffer()),
        await seen(sent),
      ];
      const off = wanted.map((value, at) => Math.abs(value - (got[at] ?? 0)));
      expect({ orientation, isAlike: Math.max(...off) < 60 }).toEqual({
        orientation,
        isAlike: true,
      });
    }
  });
}
