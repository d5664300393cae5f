/** What a browser fetches to show a page: all that holds the first paint up, and the pictures. */
export type PartsOfPage = { stylesheets: string[]; pictures: string[] };

/**
 * Reads from a page's HTML what a phone with AVIF would fetch for it: of each picture the file it
 * would take by `srcset` and `sizes`, those further down the page included.
 */
export function partsOfPage(html: string, screen: { width: number; density: number }): PartsOfPage {
  const stylesheets = [...html.matchAll(/<link\b[^>]*\brel="stylesheet"[^>]*>/g)].map(([tag]) =>
    attribute(tag, "href"),
  );
  const pictures: string[] = [];
  for (const [, picture = ""] of html.matchAll(/<picture>(.*?)<\/picture>/gs)) {
    const source = /<source\b[^>]*>/.exec(picture)?.[0] ?? "";
    pictures.push(chosen(attribute(source, "srcSet"), attribute(source, "sizes"), screen));
  }
  const alone = html.replace(/<picture>.*?<\/picture>/gs, "").matchAll(/<img\b[^>]*>/g);
  for (const [tag] of alone) pictures.push(attribute(tag, "src"));
  const icon = /<link\b[^>]*\brel="icon"[^>]*>/.exec(html)?.[0];
  if (icon) pictures.push(attribute(icon, "href"));
  return { stylesheets: [...new Set(stylesheets)], pictures: [...new Set(pictures)] };
}

function attribute(tag: string, name: string): string {
  const value = new RegExp(`\\s${name}="([^"]*)"`, "i").exec(tag)?.[1];
  if (value === undefined) throw new Error(`${tag} has no ${name}`);
  return value.replaceAll("&amp;", "&");
}

/** The narrowest file that fills the place it is shown in, else the widest there is. */
function chosen(
  srcset: string,
  sizes: string,
  { width, density }: { width: number; density: number },
): string {
  const files = srcset
    .split(",")
    .map((one) => one.trim().split(" "))
    .map(([path = "", wide = ""]) => ({ path, wide: Number.parseInt(wide, 10) }))
    .sort((a, b) => a.wide - b.wide);
  const wanted = shownAt(sizes, width) * density;
  const file = files.find(({ wide }) => wide >= wanted) ?? files.at(-1);
  if (!file) throw new Error(`no file in ${srcset}`);
  return file.path;
}

const SIZE =
  /^(?:\(min-width:\s*([\d.]+)rem\)\s+)?(?:calc\((.*) - ([\d.]+rem|[\d.]+px)\)|([\d.]+(?:vw|rem|px)))$/;

/** CSS pixels by the first of the sizes that holds: "(min-width:48rem) 17rem,50vw" is 180 of 360. */
function shownAt(sizes: string, width: number): number {
  const pixels = (length: string) => {
    const factor = length.endsWith("vw") ? width / 100 : length.endsWith("rem") ? 16 : 1;
    return Number.parseFloat(length) * factor;
  };
  for (const one of sizes.split(",")) {
    const found = SIZE.exec(one.trim());
    if (!found) throw new Error(`sizes="${sizes}" cannot be read here`);
    const [, from, whole = "", less = "", alone = ""] = found;
    if (from !== undefined && width < Number(from) * 16) continue;
    return alone ? pixels(alone) : pixels(whole) - pixels(less);
  }
  throw new Error(`sizes="${sizes}" says nothing of ${width} px`);
}
