import sharp, { type Sharp } from "sharp";

/** A decoded picture in memory. */
export interface Pixels {
  data: Buffer;
  info: { width: number; height: number; channels: 1 | 2 | 3 | 4 };
}

// Every loader of libvips is closed for the whole process; only these four read strangers' bytes.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: [
    "VipsForeignLoadJpegBuffer",
    "VipsForeignLoadPngBuffer",
    "VipsForeignLoadWebpBuffer",
    "VipsForeignLoadHeifBuffer",
  ],
});
// One core at most per picture: people who browse need the other one.
sharp.concurrency(1);
sharp.cache(false);

/** Sharp, with the doors closed that no photo comes through. */
export { sharp };

export function fromPixels(from: Pixels): Sharp {
  return sharp(from.data, { raw: from.info });
}

export function toPixels(image: Sharp): Promise<Pixels> {
  return image.raw({ depth: "uchar" }).toBuffer({ resolveWithObject: true });
}
