import { sharp } from "./guarded-sharp.ts";

/** What stands on a card beside the photo, as it is to be read. */
export type CardWords = {
  lang: string;
  title: string;
  price: string;
  /** "/ 箱（5 斤）": of what that is the price. */
  unit: string;
  place: string;
  alias: string;
  brand: string;
};

export const CARD = { width: 1200, height: 630 } as const;
const PHOTO_WIDTH = 660;
const MARGIN = 44;
const WORDS_WIDTH = CARD.width - PHOTO_WIDTH - 2 * MARGIN;
/** As much as three lines take of a name, in halves of a Chinese character. */
const WIDEST = 54;
const ONE_LINE = 42;
const BRAND_TOP = 552;
const INK = "#2a2118";
const EARTH = "#6a4e35";
const LEAF = "#2c6a3b";
const PERSIMMON = "#b8430f";
const PAPER = "#fbf7ee";
/** A character that Unicode never gives a shape: what is drawn for it stands for whatever a font lacks. */
const SHAPELESS = "\uFDD0";
const FONTS = "Noto Sans CJK SC,Source Han Sans SC,PingFang SC,WenQuanYi Micro Hei,sans";

type Overlay = {
  input: Buffer;
  raw: { width: number; height: number; channels: 4 };
  left: number;
  top: number;
};

/** Text as pixels; markup that stands in what people typed is no markup. */
async function write(words: string, size: number, style: string, lang: string) {
  const plain = words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const text = `<span lang="${lang}" ${style}>${plain}</span>`;
  const font = `${FONTS} ${size}`;
  const wrap = "word-char" as const;
  return sharp({ text: { text, font, width: WORDS_WIDTH, dpi: 72, rgba: true, wrap } })
    .raw()
    .toBuffer({ resolveWithObject: true });
}

let canWrite: Promise<boolean> | undefined;

/**
 * Whether this machine has a font for Chinese. Without one each character would be drawn as the same
 * empty box; a machine without any font draws nothing but one shape for all.
 */
async function hasChinese(): Promise<boolean> {
  const shapeOf = async (character: string) => {
    const { info } = await write(character, 48, "", "zh-CN");
    return `${info.width} ${info.height}`;
  };
  const none = await shapeOf(SHAPELESS);
  for (const character of "田集斤") if ((await shapeOf(character)) !== none) return true;
  return false;
}

/** The beginning of a text; a Chinese character is as wide as two of another kind. */
function shorten(title: string, most: number): string {
  let wide = 0;
  let kept = "";
  for (const character of title) {
    wide += /[\u2e80-\uffef]/.test(character) ? 2 : 1;
    if (wide > most) return `${kept.trimEnd()}…`;
    kept += character;
  }
  return kept;
}

async function lay(words: CardWords): Promise<Overlay[]> {
  const { lang } = words;
  const left = PHOTO_WIDTH + MARGIN;
  const laid: Overlay[] = [];
  let top = MARGIN;
  const put = async (text: string, size: number, style: string, gap: number, most: number) => {
    const seen = text.replace(/\p{C}/gu, " ").trim();
    if (seen === "") return;
    let wide = WIDEST;
    let { data, info } = await write(shorten(seen, wide), size, style, lang);
    // Long words leave lines half empty: then fewer of them fit.
    while (info.height > most && wide > 12) {
      wide -= 6;
      ({ data, info } = await write(shorten(seen, wide), size, style, lang));
    }
    const height = Math.min(info.height, most);
    const raw = { width: info.width, height, channels: 4 } as const;
    laid.push({ input: data.subarray(0, info.width * height * 4), raw, left, top });
    top += height + gap;
  };
  await put(words.title, 50, `foreground="${INK}" weight="bold"`, 24, 210);
  await put(words.price, 66, `foreground="${PERSIMMON}" weight="bold"`, 8, 80);
  await put(words.unit, 28, `foreground="${EARTH}"`, 26, ONE_LINE);
  await put(words.place, 30, `foreground="${INK}"`, 12, ONE_LINE);
  // Whose it is may take what the others left, above the brand.
  const rest = BRAND_TOP - 16 - top;
  await put(words.alias, 30, `foreground="${INK}"`, 0, Math.max(ONE_LINE, rest));
  const brand = await write(words.brand, 32, `foreground="${LEAF}" weight="bold"`, lang);
  const raw = { width: brand.info.width, height: brand.info.height, channels: 4 } as const;
  laid.push({ input: brand.data, raw, left, top: BRAND_TOP });
  return laid;
}

const block = (width: number, height: number, background: string, left: number, top: number) => ({
  input: { create: { width, height, channels: 3 as const, background } },
  ...{ left, top },
});

/**
 * The picture by which a listing is shared: its photo and, on paper beside it, name, price, village
 * and alias; JPEG, 1200 × 630. On a machine that has no font for Chinese the photo fills the card,
 * above a band in the market's colours: no words are better than empty boxes. Throws for bytes that
 * are no photo.
 */
export async function drawCard(photo: Uint8Array, words: CardWords): Promise<Uint8Array> {
  canWrite ??= hasChinese();
  const isWritten = await canWrite;
  const width = isWritten ? PHOTO_WIDTH : CARD.width;
  const seen = await sharp(photo)
    .resize({ width, height: CARD.height, fit: "cover", position: "centre" })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { channels } = seen.info;
  const picture = {
    input: seen.data,
    raw: { width, height: CARD.height, channels },
    left: 0,
    top: 0,
  };
  const bar = isWritten
    ? [block(10, CARD.height, LEAF, PHOTO_WIDTH, 0)]
    : [
        block(CARD.width, 28, LEAF, 0, CARD.height - 28),
        block(CARD.width, 8, PERSIMMON, 0, CARD.height - 36),
      ];
  return sharp({ create: { ...CARD, channels: 3, background: PAPER } })
    .composite([picture, ...bar, ...(isWritten ? await lay(words) : [])])
    .jpeg({ quality: 78, optimiseCoding: true })
    .toBuffer();
}
