import { request } from "node:http";
import { buffer } from "node:stream/consumers";
import { brotliDecompressSync } from "node:zlib";
import type { Measured } from "./figures.ts";
import type { Market } from "./market/open.ts";
import { partsOfPage } from "./pages/parts-of-page.ts";

/** What a server may send before it has heard that anything arrived: ten segments (RFC 6928). */
const FIRST_WINDOW = 14_600;
const PAGE_WEIGHT = 170_000;
/** A cheap phone of these years: 720 × 1600 dots. */
const PHONE = { width: 360, density: 2 };

/** Bytes without which nothing is painted, of the heaviest of home, search and listing. */
export async function firstPaintBytes({ url }: Market): Promise<Measured> {
  const pages: Record<string, Record<string, number>> = {};
  const home = await fetchPart(url, "/");
  const listing = /href="(\/produce\/[\w-]+)"/.exec(home.text)?.[1] ?? "";
  for (const [name, path] of Object.entries({ home: "/", search: "/search", listing })) {
    const page = await fetchPart(url, path);
    const css = await weigh(url, partsOfPage(page.text, PHONE).stylesheets);
    pages[name] = { html: page.bytes, css, both: page.bytes + css };
  }
  const worst = Math.max(...Object.values(pages).map(({ both = 0 }) => both));
  return {
    value: worst / FIRST_WINDOW,
    detail: {
      first: "compressed bytes of the HTML and of all stylesheets that hold its painting up",
      second: `${FIRST_WINDOW} bytes, the first window of TCP`,
      pages,
    },
  };
}

/** Bytes of the whole home page on a 360-px phone: HTML, stylesheets, all pictures; no script. */
export async function pageWeight({ url }: Market): Promise<Measured> {
  const home = await fetchPart(url, "/");
  const { stylesheets, pictures } = partsOfPage(home.text, PHONE);
  const weights = {
    html: home.bytes,
    css: await weigh(url, stylesheets),
    pictures: await weigh(url, pictures),
  };
  return {
    value: (weights.html + weights.css + weights.pictures) / PAGE_WEIGHT,
    detail: {
      first:
        "compressed bytes of the home page, scrolled to its end, at 360 px and two dots a pixel",
      second: `${PAGE_WEIGHT} bytes`,
      ...weights,
      files: pictures.length,
    },
  };
}

async function weigh(url: string, paths: readonly string[]): Promise<number> {
  let bytes = 0;
  for (const path of paths) bytes += (await fetchPart(url, path)).bytes;
  return bytes;
}

/** A file as a phone asks for it: its bytes over the line, and what they say. */
function fetchPart(url: string, path: string): Promise<{ bytes: number; text: string }> {
  const headers = { "accept-encoding": "gzip, deflate, br" };
  return new Promise((resolve, reject) => {
    const asked = request(new URL(path, url), { headers }, async (answer) => {
      try {
        const body = await buffer(answer);
        if (answer.statusCode !== 200) throw new Error(`${path} was answered ${answer.statusCode}`);
        const isBrotli = answer.headers["content-encoding"] === "br";
        const text = (isBrotli ? brotliDecompressSync(body) : body).toString();
        resolve({ bytes: body.byteLength, text });
      } catch (error) {
        reject(error);
      }
    });
    asked.on("error", reject).end();
  });
}
