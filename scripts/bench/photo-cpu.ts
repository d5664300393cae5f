import { sharp, toPixels } from "#app/gateways/guarded-sharp.ts";
import { makeVariants } from "#app/gateways/photo-pipeline.ts";
import { stripPhoto } from "#app/gateways/strip-photo.ts";
import { phonePhoto } from "#tests/factories/phone-photo.ts";
import type { Measured } from "./figures.ts";
import { measurePairs, ratioOf } from "./pairs.ts";
import { cpuMs } from "./photos/cpu.ts";

/** CPU of everything done to a photo of a phone, against one full decode of the same 12-MP JPEG. */
export async function photoCpu(isQuick: boolean): Promise<Measured> {
  const photo = await phonePhoto();
  const times = isQuick ? 3 : 8;
  const pairs = await measurePairs(
    isQuick ? 9 : 15,
    () => cpuMs(times, () => takeAndShow(photo)),
    // No more than decoding: to bring 12 million pixels into sRGB too would take twice as long again.
    () => cpuMs(times, () => toPixels(sharp(photo, { ignoreIcc: true }))),
  );
  return {
    value: ratioOf(pairs),
    detail: {
      first: "ms of CPU: upright, stripped, 320/640/1280 AVIF, 640 JPEG, placeholder",
      second: "ms of CPU: the same JPEG decoded to all its pixels",
      pairs,
      photoBytes: photo.byteLength,
      timesARound: times,
    },
  };
}

/** What the web server does when the photo comes, and then the worker. */
async function takeAndShow(photo: Buffer): Promise<void> {
  const stripped = await stripPhoto(photo);
  if (!stripped.ok) throw new Error(stripped.reason);
  const made = await makeVariants(stripped.master);
  if (!made.ok) throw new Error(made.reason);
  if (made.variants.length !== 4) throw new Error(`${made.variants.length} pictures, not four`);
}
