import { join } from "node:path";
import sharp from "sharp";
import { v7 as uuidv7 } from "uuid";
import { oneAtATime } from "#app/gateways/one-at-a-time.ts";
import { photoStoreInFolder } from "#app/gateways/photo-store.ts";
import { spillInFolder } from "#app/gateways/spill.ts";
import { stripPhoto } from "#app/gateways/strip-photo.ts";

export type Fields = Record<string, string | File | (string | File)[]>;

/** A crop as a farmer fills it in, without its photos. */
export const good = (): Fields => ({
  clientKey: uuidv7(),
  category: "pear",
  title: "雪梨",
  titleEn: "",
  grade: "first",
  unit: "box-5jin",
  unitGrams: "",
  price: "29.90",
  quantity: "40",
  harvestedOn: new Date().toISOString().slice(0, 10),
});

let shades = 0;

/** A small photo, different each time. */
export async function photo(name = "梨.jpg"): Promise<File> {
  const background = { r: (++shades * 5) % 256, g: 120, b: shades % 256 };
  const bytes = await sharp({ create: { width: 64, height: 48, channels: 3, background } })
    .jpeg()
    .toBuffer();
  return new File([new Uint8Array(bytes)], name, { type: "image/jpeg" });
}

const onePhotoAtATime = oneAtATime();

/** What the listing form needs of the load context to keep photos in a folder. */
export function photoGateways(folder: string) {
  const openSpill = () => spillInFolder(join(folder, "arriving"));
  return { photos: photoStoreInFolder(folder), stripPhoto, openSpill, onePhotoAtATime };
}
