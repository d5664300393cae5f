import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { Family } from "./family.ts";
import { killAfter } from "./guarded.ts";
import { progress } from "./say.ts";
import { StopLine } from "./stop-line.ts";

const STAMP = "build/.stamp";
const SOURCES = [
  "app",
  "db",
  "search",
  "public",
  "vite.config.ts",
  "scripts/minify-scripts.ts",
  "scripts/old-browsers.ts",
  "remix.config.js",
  "package-lock.json",
];
const IRRELEVANT = /\.test\.tsx?$|\.md$|\.sql$|^db\/seed\//;

function filesUnder(path: string): string[] {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** A hash over every file that a page may be made of. */
export function hashSources(): string {
  const hash = createHash("sha256").update(process.version);
  for (const file of SOURCES.flatMap(filesUnder).sort()) {
    if (!IRRELEVANT.test(file)) hash.update(`\0${file}\0`).update(readFileSync(file));
  }
  return hash.digest("hex");
}

/** Builds the pages unless what is built was made of these very sources. */
export async function buildWhenStale(family?: Family): Promise<void> {
  const wanted = hashSources();
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === wanted) return;
  rmSync(STAMP, { force: true });
  const step = progress("building the pages 正在构建页面");
  const child = spawn(process.execPath, ["node_modules/@remix-run/dev/dist/cli.js", "vite:build"], {
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NODE_ENV: "production", NO_COLOR: "1", FORCE_COLOR: undefined },
  });
  family?.atEnd(() => killAfter(child, 0));
  let output = "";
  const keep = (chunk: Buffer) => {
    output += chunk;
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  const code = await new Promise((resolve) => child.once("exit", resolve));
  if (family?.isEnding()) return;
  if (code !== 0) {
    if (/ENOSPC/.test(output)) throw Object.assign(new Error(), { code: "ENOSPC" });
    mkdirSync("build", { recursive: true });
    writeFileSync("build/build.log", output);
    const why =
      output
        .split("\n")
        .find((line) => /error/i.test(line))
        ?.trim() ?? "see the log";
    throw new StopLine(`The pages could not be built: ${why} (all of it: build/build.log)`);
  }
  writeFileSync(STAMP, wanted);
  step.done();
}
