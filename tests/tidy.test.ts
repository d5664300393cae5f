import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { placeholdersOf } from "./setup/placeholders.ts";
import { dependencyLockPath, trackedFiles } from "./setup/tracked-files.ts";

const files = trackedFiles();
const read = (path: string) => readFileSync(path, "utf8");
const lineCount = (path: string) => read(path).split("\n").length - 1;
const isCode = (path: string) => /\.(tsx?|mjs|cjs|js)$/.test(path) && !path.endsWith(".d.ts");
const isTest = (path: string) => /\.test\.tsx?$/.test(path) || path.startsWith("tests/");
const code = files.filter(isCode);
const product = code.filter((path) => /^(app|db|search|scripts)\//.test(path) && !isTest(path));

describe("files", () => {
  test("none is over 250 lines", () => {
    const text = [...code, ...files.filter((path) => /\.(sql|css)$/.test(path))];
    expect(text.filter((path) => lineCount(path) > 250)).toEqual([]);
  });

  test("half of them are at most 70 lines", () => {
    const lengths = product.map(lineCount).sort((a, b) => a - b);
    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(70);
  });

  test("no folder is a drawer for anything", () => {
    const banned = /(^|\/)(utils?|lib|helpers?|common|types|constants|misc|shared)\//;
    expect(files.filter((path) => banned.test(path))).toEqual([]);
  });

  test("no file is one either", () => {
    const banned =
      /(^|\/)((.+-)?(utils?|helpers?)|lib|common|types|constants|misc|shared|index)\.[^/]+$/;
    expect(code.filter((path) => banned.test(path))).toEqual([]);
  });

  test("names are kebab-case", () => {
    const wrong = code.filter((path) => !/^[a-z0-9.$-]+$/.test(path.split("/").at(-1) ?? ""));
    expect(wrong).toEqual([]);
  });

  test("no file only passes on the exports of others", () => {
    const statements = (path: string) =>
      read(path)
        .replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "")
        .split(/;\s*\n/)
        .map((line) => line.trim())
        .filter(Boolean);
    const isBarrel = (path: string) =>
      statements(path).length > 0 &&
      statements(path).every((line) => /^export (type )?(\*|\{[^}]*\}).* from ["']/s.test(line));
    expect(code.filter(isBarrel)).toEqual([]);
  });
});

describe("source", () => {
  test("only app/env.ts reads process.env in the product", () => {
    const readers = code.filter(
      (path) =>
        /^(app|db|search)\//.test(path) &&
        !isTest(path) &&
        path !== "app/env.ts" &&
        /process\.env|import\.meta\.env/.test(read(path)),
    );
    expect(readers).toEqual([]);
  });

  test("no machine's own paths and no leftovers stand in it", () => {
    const marks = [
      /(^|[^.\w])\/home\/\w/,
      /\/Users\/\w/,
      /\/root\//,
      /\/work\//,
      /\bTODO\b/,
      /\bFIXME\b/,
    ];
    marks.push(/@ts-(ignore|nocheck|expect-error)/);
    const text = files.filter((path) => isCode(path) || /\.(md|json|sql|css)$/.test(path));
    const found = text
      .filter((path) => path !== "tests/tidy.test.ts" && path !== dependencyLockPath)
      .flatMap((path) =>
        marks.filter((mark) => mark.test(read(path))).map((mark) => `${path}: ${mark.source}`),
      );
    expect(found).toEqual([]);
  });

  test("no test is switched off", () => {
    const specs = code.filter((path) => /\.(test|spec)\.tsx?$/.test(path));
    const off = specs
      .filter((path) => path !== "tests/tidy.test.ts")
      .filter((path) =>
        /\b(test|it|describe)((\.\w+)*\.(only|skip|todo|fixme|fails)\b)|\b[xf](it|describe)\(/.test(
          read(path),
        ),
      );
    expect(off).toEqual([]);
  });

  test("every exported domain function says what it does", () => {
    const bare = product
      .filter((path) => path.startsWith("app/domain/"))
      .flatMap((path) =>
        [...read(path).matchAll(/^export (?:async )?function (\w+)/gm)]
          .filter((match) => !/\*\/\s*$/.test(read(path).slice(0, match.index)))
          .map((match) => `${path}: ${match[1]}`),
      );
    expect(bare).toEqual([]);
  });
});

describe("migrations", () => {
  test("a frozen one never changes, and a new one is frozen at once", () => {
    const hashes = files
      .filter((path) => /^db\/migrations\/.*\.sql$/.test(path))
      .map((path) => [
        path.split("/").at(-1),
        createHash("sha256").update(read(path)).digest("hex"),
      ]);
    expect(Object.fromEntries(hashes)).toEqual(JSON.parse(read("db/migrations/frozen.json")));
  });
});

describe("dependencies", () => {
  test("the lock names no address: it installs from any registry", () => {
    expect(/"resolved"/.test(read(dependencyLockPath))).toBe(false);
  });

  test("each is pinned to one version", () => {
    const { dependencies, devDependencies } = JSON.parse(read("package.json"));
    const loose = Object.entries<string>({ ...dependencies, ...devDependencies });
    expect(loose.filter(([, version]) => !/^\d/.test(version))).toEqual([]);
  });
});

describe("translations", () => {
  const features = files
    .filter((path) => /^app\/i18n\/zh\/.*\.json$/.test(path))
    .map((path) => path.split("/").at(-1) ?? "");

  test("every Chinese file has an English one, and the other way round", () => {
    const english = files.filter((path) => /^app\/i18n\/en\/.*\.json$/.test(path));
    expect(english.map((path) => path.split("/").at(-1))).toEqual(features);
  });

  test.each(features)("%s has the same keys and placeholders in both languages", (feature) => {
    const zh = placeholdersOf(JSON.parse(read(`app/i18n/zh/${feature}`)));
    const en = placeholdersOf(JSON.parse(read(`app/i18n/en/${feature}`)));
    expect(en).toEqual(zh);
  });

  test.each(features)("%s leaves no message empty", (feature) => {
    for (const locale of ["zh", "en"]) {
      const empty = read(`app/i18n/${locale}/${feature}`).match(/"[^"]+":\s*"\s*"/g) ?? [];
      expect(empty).toEqual([]);
    }
  });
});
