import sharp from "sharp";

export interface Sprite {
  href: string; // a PNG data URI, cut to what is drawn
  ratio: number; // width ÷ height
}

/** Where an icon's colours are not those of the thing: factors, and degrees of hue. */
export interface Tone {
  brightness?: number;
  saturation?: number;
  hue?: number;
}

/**
 * The photo pipeline closes libvips' SVG loader for the whole process, for a stranger's SVG can
 * read files. Seeding draws SVG that is all our own, so it opens that one loader, and only while
 * it draws; the pipeline refuses SVG by its first bytes besides.
 */
async function withSvg<T>(draw: () => Promise<T>): Promise<T> {
  const operation = ["VipsForeignLoadSvgBuffer"];
  drawing += 1;
  sharp.unblock({ operation });
  try {
    return await draw();
  } finally {
    drawing -= 1;
    // The first to end must not close the loader on the next.
    if (drawing === 0) sharp.block({ operation });
  }
}
let drawing = 0;

/** One thing in three tones, so that no two copies in a heap look stamped. */
export async function rasteriseSprite(body: string, tone: Tone = {}): Promise<Sprite[]> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="256" height="256">${body}</svg>`;
  const whole = await withSvg(() => sharp(Buffer.from(svg)).png().toBuffer());
  const { data, info } = await trimmed(whole);
  const { brightness = 1, saturation = 1, hue = 0 } = tone;
  const tones = [
    { brightness, saturation, hue },
    { brightness: brightness * 0.94, saturation: saturation * 1.05, hue: hue - 5 },
    { brightness: brightness * 1.04, saturation: saturation * 0.95, hue: hue + 5 },
  ];
  return Promise.all(
    tones.map(async (each) => {
      const png = await sharp(data).modulate(each).png({ compressionLevel: 1 }).toBuffer();
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
