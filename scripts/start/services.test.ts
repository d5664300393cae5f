import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createFamily, type Family } from "./family.ts";
import { isOk, openSearch } from "./services.ts";
import { readSettings } from "./settings.ts";

/** Stands in for a meilisearch on PATH: it refuses a folder without a VERSION, as the real one does. */
const PROGRAM = `#!${process.execPath}
const { existsSync, mkdirSync, readdirSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const args = process.argv.slice(2);
if (args.includes("--version")) process.exit(0);
const after = (name) => args[args.indexOf(name) + 1];
const folder = after("--db-path");
if (process.env.NEVER_STARTS) { console.error("no"); process.exit(1); }
if (existsSync(folder) && !existsSync(join(folder, "VERSION"))) {
  console.error("failed to infer the version of the database");
  process.exit(1);
}
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, "VERSION"), "1");
const [host, port] = after("--http-addr").split(":");
require("node:http").createServer((_, answer) => answer.end("{}")).listen(Number(port), host);
`;

let folder: string;
let family: Family;
let said: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tianji-services-"));
  mkdirSync(join(folder, "bin"));
  mkdirSync(join(folder, "logs"));
  writeFileSync(join(folder, "bin", "meilisearch"), PROGRAM, { mode: 0o755 });
  vi.stubEnv("PATH", `${join(folder, "bin")}${delimiter}${process.env.PATH}`);
  said = [];
  vi.spyOn(console, "log").mockImplementation((line) => void said.push(String(line)));
  family = createFamily();
});
afterEach(async () => {
  await family.end();
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const open = () =>
  openSearch(readSettings({ DATA_DIR: folder, MEILI_URL: "", PORT: "3000" }), "a key", family);
const data = () => join(folder, "meilisearch", "data.ms");

test("a Meilisearch that was cut off while it made its folder gets a new one", async () => {
  mkdirSync(join(data(), "auth"), { recursive: true });
  const search = await open();
  expect(await isOk(`${search?.url}/health`)).toBe(true);
  expect(readdirSync(data())).toEqual(["VERSION"]);
  expect(said.join("\n")).toContain("meilisearch cannot use its folder");
});

test("what a Meilisearch has written is kept", async () => {
  mkdirSync(join(data(), "indexes"), { recursive: true });
  writeFileSync(join(data(), "VERSION"), "1");
  await open();
  expect(existsSync(join(data(), "indexes"))).toBe(true);
});

test("where Meilisearch does not start at all, the market opens with PostgreSQL's search", async () => {
  vi.stubEnv("NEVER_STARTS", "1");
  expect(await open()).toBeUndefined();
  expect(said.join("\n")).toContain("PostgreSQL searches instead");
});
