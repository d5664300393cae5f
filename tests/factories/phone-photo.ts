import sharp from "sharp";

interface PhonePhoto {
  width?: number; // as the sensor stores it, before EXIF turns it
  height?: number;
  orientation?: number;
  quality?: number;
}

/**
 * A photo as a phone takes it: 12 megapixels lying on its side (orientation 6), with the camera's
 * name, the farm's GPS position, XMP and a wide-gamut profile inside. The sensor's left half is
 * red and its right half green, so upright its top is red and its bottom green.
 */
export async function phonePhoto(options: PhonePhoto = {}): Promise<Buffer> {
  const { width = 4032, height = 3024, orientation = 6, quality = 88 } = options;
  const pixels = await landscape(width, height);
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .withMetadata({ orientation }) // embeds sRGB, so the profile comes after it
    .withIccProfile("p3")
    .withExifMerge({
      IFD0: { Make: "Redmi", Model: "Note 12", ImageDescription: "secret-orchard" },
      IFD3: {
        GPSLatitudeRef: "N",
        GPSLatitude: "27/1 25/1 30/1",
        GPSLongitudeRef: "E",
        GPSLongitude: "101/1 30/1 0/1",
      },
    })
    .withXmp(
      '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:CreatorTool="secret-orchard"/></rdf:RDF></x:xmpmeta>',
    )
    .jpeg({ quality })
    .toBuffer();
}

// Noise at several scales over the two halves: as hard to code as leaves and soil are.
async function landscape(width: number, height: number): Promise<Buffer> {
  const next = random(20261122);
  const layers = await Promise.all([
    octave(8, 90, next, width, height),
    octave(60, 60, next, width, height),
    octave(400, 36, next, width, height),
    octave(1600, 20, next, width, height),
  ]);
  const pixels = Buffer.alloc(width * height * 3);
  for (let at = 0; at < pixels.length; at += 3) {
    const isLeft = ((at / 3) % width) * 2 < width;
    for (let channel = 0; channel < 3; channel += 1) {
      let value = channel === (isLeft ? 0 : 1) ? 170 : 70;
      for (const layer of layers) value += (layer[at + channel] ?? 128) - 128;
      pixels[at + channel] = Math.max(0, Math.min(255, value));
    }
  }
  return pixels;
}

function octave(
  cells: number,
  amplitude: number,
  next: () => number,
  width: number,
  height: number,
): Promise<Buffer> {
  const raw = { width: cells, height: Math.ceil(cells * 0.75), channels: 3 } as const;
  const small = Buffer.alloc(raw.width * raw.height * 3);
  for (let at = 0; at < small.length; at += 1) small[at] = 128 + (next() - 0.5) * amplitude;
  return sharp(small, { raw }).resize(width, height, { fit: "fill" }).raw().toBuffer();
}

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) >>> 0;
    return state / 4294967296;
  };
}
