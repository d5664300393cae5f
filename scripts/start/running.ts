import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writePrivate } from "./data-dir.ts";

/** Where an open market has its services: for the scripts that are run beside it. */
export type Running = {
  DATABASE_URL?: string;
  MEILI_URL?: string;
  MEILI_KEY?: string;
  /** Of a sandbox only: a real key is never noted. */
  STRIPE_SECRET_KEY?: string;
  STRIPE_API_URL?: string;
};

const fileIn = (dataDir: string) => join(dataDir, "running.json");

export const noteRunning = (dataDir: string, running: Running) =>
  writePrivate(fileIn(dataDir), JSON.stringify(running));

export const forgetRunning = (dataDir: string) => rmSync(fileIn(dataDir), { force: true });

/** What the market on this DATA_DIR has noted; nothing when none is open. */
export function readRunning(dataDir = process.env.DATA_DIR || ".data"): Running {
  const file = fileIn(dataDir);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
}
