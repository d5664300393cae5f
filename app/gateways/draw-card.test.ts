import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type CardWords, drawCard } from "./draw-card.ts";

const WORDS: CardWords = {
  ...{ lang: "zh-CN", title: "盐源高山红富士苹果", price: "¥59.80", unit: "/ 箱（5 斤）" },
  ...{ place: "盐源县·树河镇", alias: "吉克家·树河镇·3F7K", brand: "田集" },
};
let photo: Buffer;
let room: string;
/** This machine has a font for Chinese; the market needs none. */
let isWritten: boolean;
beforeAll(async () => {
  const create = { width: 640, height: 480, channels: 3, background: "#c04020" } as const;
  photo = await sharp({ create }).jpeg().toBuffer();
  room = await mkdtemp(join(tmpdir(), "tianji-card-"));
  await writeFile(join(room, "photo.jpg"), photo);
  // Paper is bright where the photo, which would fill the card, is not.
  const [, green = 0] = await beside(await drawCard(photo, WORDS));
  isWritten = green > 200;
});
afterAll(() => rm(room, { recursive: true }));

const sameAs = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
/** The part of a card in which the words stand. */
const beside = (card: Uint8Array) =>
  sharp(card).extract({ left: 680, top: 0, width: 520, height: 630 }).raw().toBuffer();
/** The colours of a band of a card, across the whole of it. */
const cut = async (card: Uint8Array, top: number, height: number) =>
  sharp(await sharp(card).extract({ left: 0, top, width: 1200, height }).png().toBuffer()).stats();
/** The card as a machine with these fonts alone would draw it. */
async function drawnWith(fonts: string, words: CardWords): Promise<Buffer> {
  const config = join(room, "fonts.conf");
  await writeFile(
    config,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
    <fontconfig><dir>${fonts}</dir><cachedir>${room}</cachedir></fontconfig>`,
  );
  const program = `
    import { readFileSync } from "node:fs";
    import { drawCard } from ${JSON.stringify(fileURLToPath(new URL("./draw-card.ts", import.meta.url)))};
    const card = await drawCard(readFileSync(${JSON.stringify(join(room, "photo.jpg"))}), ${JSON.stringify(words)});
    process.stdout.write(card);`;
  return execFileSync(process.execPath, ["--input-type=module", "-e", program], {
    env: { NODE_ENV: "test", PATH: process.env.PATH, FONTCONFIG_FILE: config },
    stdio: ["ignore", "pipe", "ignore"],
  });
}

test("a card is as wide and high as those who show links ask for, and small enough for them", async () => {
  const card = await drawCard(photo, WORDS);
  const { format, width, height } = await sharp(card).metadata();
  expect({ format, width, height }).toEqual({ format: "jpeg", width: 1200, height: 630 });
  expect(card.byteLength).toBeLessThan(300_000);
  expect(sameAs(await drawCard(photo, WORDS))).toBe(sameAs(card));
});

test("every kind of word can be seen on a card", async () => {
  const whole = await beside(await drawCard(photo, WORDS));
  for (const name of ["title", "price", "unit", "place", "alias"] as const) {
    const without = await beside(await drawCard(photo, { ...WORDS, [name]: "" }));
    expect(without.equals(whole), name).toBe(!isWritten);
  }
});

test("what people typed is drawn as it is, however long or odd it is", async () => {
  const odd = [
    "<b>盐源</b> & <span foreground='red'>苹果</span>",
    "&amp;&#x0;</span></span>",
    `\0\u202e\u0007${"苹果".repeat(30)}`,
    "W".repeat(120),
    "👩‍🌾🍎",
    " ",
  ];
  const plain = await beside(await drawCard(photo, { ...WORDS, title: "" }));
  for (const title of odd) {
    const card = await drawCard(photo, { ...WORDS, title, alias: title, place: title });
    const { width, height } = await sharp(card).metadata();
    expect([width, height]).toEqual([1200, 630]);
    if (title.trim() !== "") expect((await beside(card)).equals(plain)).toBe(!isWritten);
  }
});

test("on a machine without a font for Chinese the photo fills the card, and no empty box is drawn", async () => {
  for (const fonts of [room, "/usr/share/fonts/truetype/dejavu"]) {
    const card = await drawnWith(fonts, WORDS);
    const { width, height } = await sharp(card).metadata();
    expect([width, height]).toEqual([1200, 630]);
    expect(sameAs(await drawnWith(fonts, { ...WORDS, title: "别的", alias: "" }))).toBe(
      sameAs(card),
    );
    // The photo is of one colour, and so is all above the band.
    const [above, band] = [await cut(card, 0, 590), await cut(card, 606, 20)];
    for (const channel of above.channels) expect(channel.stdev).toBeLessThan(1);
    const [red, green] = band.channels.map(({ mean }) => mean);
    expect(green).toBeGreaterThan(red ?? 0);
  }
});

test("of what is no photo no card is drawn", async () => {
  for (const bytes of [
    Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"),
    photo.subarray(0, 90),
  ]) {
    await expect(drawCard(bytes, WORDS)).rejects.toThrow();
  }
});
