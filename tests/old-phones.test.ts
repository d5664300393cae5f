import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { preprocessCSS, resolveConfig } from "vite";
import { expect, test } from "vitest";
import { flattenLayers, OLDEST, plainSelectors } from "#scripts/old-browsers.ts";

/** What came after Chrome 80, names and the values of options (a wrong one may throw), and that no build can put in its place. Asked for by `?.` it may stand. */
const NEWER = [
  /(?<!\?)\.(at|findLast|findLastIndex|toSorted|toReversed|toSpliced|with|replaceAll|replaceChildren)\(/,
  /\b(structuredClone|reportError|OffscreenCanvas|WeakRef|FinalizationRegistry|URLPattern)\b/,
  /\b(Object\.(hasOwn|groupBy)|Promise\.(any|withResolvers)|URL\.canParse|Array\.fromAsync)\b/,
  /\b(AbortSignal\.(timeout|any)|crypto\.randomUUID|Intl\.(Segmenter|ListFormat|supportedValuesOf))\b/,
  /\.(checkVisibility|showPopover|getSetCookie|scrollend|isWellFormed|toggleAttributeNS)\b/,
  /\b(imageOrientation|colorSpace|fractionalSecondDigits|timeZoneName: "(short|long)(Offset|Generic))/,
  /\.(inert|role|aria[A-Z]\w*)\b|\.(roundRect|createConicGradient|bytes|isContextLost)\(/,
  /\b(Response\.json|navigator\.storage\.getDirectory|new FormData\(\w+, )/,
  /addEventListener\([^)]*\bsignal\b|\.submitter(?! \|\|)|\bsignDisplay: "negative"|\broundingMode\b/,
  /["'`][^"'`]*:(is|where|has)\([^"'`]*["'`]/, // a selector that it cannot read throws
];
const FOLDERS = ["public/enhance", "app/farm/offline", "app/coop/intake"];

test("no script asks an old phone's browser for what it has not", () => {
  const scripts = FOLDERS.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith(".js"))
      .map((name) => join(folder, name)),
  );
  expect(scripts.length).toBeGreaterThan(20);
  const found = scripts.flatMap((file) =>
    readFileSync(file, "utf8")
      .split("\n")
      .filter((line) => NEWER.some((newer) => newer.test(line)))
      .map((line) => `${file}: ${line.trim()}`),
  );
  expect(found).toEqual([]);
});

async function flat(css: string): Promise<string> {
  const plugins = [flattenLayers()];
  const config = { configFile: false, logLevel: "silent", css: { postcss: { plugins } } } as const;
  const { code } = await preprocessCSS(css, "/sheet.css", await resolveConfig(config, "build"));
  return code.replaceAll(/\s+/g, " ").replaceAll(/\} ?/g, "} ").trim();
}

test("a sheet in layers is the same order of rules for a browser that knows no layers", async () => {
  const css = `.loose { color: red }
    @layer theme, components, utilities;
    @layer utilities { a.mt, .x:hover::after { margin: 0 } }
    @layer components { .site a { margin-inline: 1rem var(--m) } }`;
  expect(await flat(css)).toBe(
    ".site a { margin-inline-start: 1rem; margin-inline-end: var(--m) } " +
      "a:not(#\\#).mt, :not(#\\#).x:hover::after { margin: 0 } " +
      ":not(#\\#):not(#\\#).loose { color: red }",
  );
});

test("a layer that the build does not know, or one within a rule, stops it", async () => {
  await expect(flat("@layer hats { a { margin: 0 } }")).rejects.toThrow("no layer of ours: hats");
  await expect(flat("@media print { @layer base { a { margin: 0 } } }")).rejects.toThrow("within");
});

test("selectors are written out that Chrome 87 would drop with their whole rule", () => {
  expect(plainSelectors(":is(.a, .b:is(.c, .d)) > p")).toEqual([".a > p", ".b.c > p", ".b.d > p"]);
  expect(plainSelectors("[hidden]:where(:not([x]))")).toEqual(["[hidden]:not([x])"]);
});

test("the README names the oldest browser that the build writes for", () => {
  const [version = ""] = /\d+/.exec(OLDEST) ?? [];
  expect(readFileSync("README.md", "utf8")).toContain(`Chrome ${version}`);
});
