import sharp from "sharp";

export interface Sprite {
  href: string; // a PNG data URI, cut to what is drawn
  ratio: number; // width ÷ height
}

/**
 * The photo pipeline closes libvips' SVG loader for the whole process, for a stranger's SVG can
 * read files. Seeding draws SVG that is all our own, so it opens that one loader, and only while
 * it draws; the pipeline refuses SVG by its first bytes besides.
 */
async function withSvg<T>(draw: () => Promise<T>): Promise<T> {
  const operation = ["VipsForeignLoadSvgBuffer"];
  sharp.unblock({ operation });
  try {
    return await draw();
  } finally {
    sharp.block({ operation });
  }
}

/** One thing in three tones, so that no two copies in a heap look stamped. */
export async function rasteriseSprite(body: string): Promise<Sprite[]> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="420" height="420">${body}</svg>`;
  const whole = await withSvg(() => sharp(Buffer.from(svg)).png().toBuffer());
  const { data, info } = await trimmed(whole);
  const tones = [
    { brightness: 1, saturation: 1, hue: 0 },
    { brightness: 0.94, saturation: 1.05, hue: -5 },
    { brightness: 1.04, saturation: 0.95, hue: 5 },
  ];
  return Promise.all(
    tones.map(async (tone) => {
      const png = await sharp(data).modulate(tone).png({ compressionLevel: 1 }).toBuffer();
      return {
        href: `data:image/png;base64,${png.toString("base64")}`,
        ratio: info.width / info.height,
      };
    }),
  );
}

export async function rasteriseScene(svg: string): Promise<Buffer> {
  return withSvg(() =>
    sharp(Buffer.from(svg), { unlimited: true }).flatten().jpeg({ quality: 86 }).toBuffer(),
  );
}

function trimmed(png: Buffer) {
  return sharp(png)
    .trim({ background: { r: 0, g: 0, b: 0, alpha: 0 }, threshold: 8 })
    .png()
    .toBuffer({ resolveWithObject: true });
}
