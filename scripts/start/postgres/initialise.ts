import { spawn } from "node:child_process";
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writePrivate } from "../data-dir.ts";
import { StopLine } from "../stop-line.ts";
import type { Programs } from "./programs.ts";
import type { RunAs } from "./run-as.ts";

const MAJOR = "18";

/** Says in one line why a folder cannot be PostgreSQL's; true when it has a cluster already. */
export function isInitialised(folder: string): boolean {
  if (!existsSync(folder) || readdirSync(folder).length === 0) return false;
  const remedy = "Move it away (a new one is made), or set another DATA_DIR.";
  const versionFile = join(folder, "PG_VERSION");
  if (!existsSync(versionFile)) {
    throw new StopLine(`${folder} holds something that is no PostgreSQL database. ${remedy}`);
  }
  const version = readFileSync(versionFile, "utf8").trim();
  if (version !== MAJOR) {
    throw new StopLine(
      `${folder} was written by PostgreSQL ${version || "?"}, this is ${MAJOR}: dump it with ${version} and load it here. ${remedy}`,
    );
  }
  if (!existsSync(join(folder, "global", "pg_control"))) {
    throw new StopLine(`${folder} is damaged: global/pg_control is missing. ${remedy}`);
  }
  return true;
}

/**
 * Makes a cluster with data checksums and passwords. It is made beside its place and then
 * renamed by the caller, so that a broken attempt is never taken for a database.
 */
export async function initialise(
  folder: string,
  password: string,
  programs: Programs,
  as: RunAs,
): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const passwordFile = `${folder}.password`;
  writePrivate(passwordFile, `${password}\n`);
  if (as.owner) {
    for (const path of [folder, passwordFile]) chownSync(path, as.owner.uid, as.owner.gid);
  }
  const [command = "", ...args] = [
    ...as.prefix,
    programs.initdb,
    `--pgdata=${folder}`,
    "--username=postgres",
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    // Same sorting on every machine; the character type lets pg_trgm see Chinese letters.
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    `--lc-ctype=${process.platform === "darwin" ? "en_US.UTF-8" : "C.UTF-8"}`,
    "--data-checksums",
    "--no-sync",
    "--no-instructions",
  ];
  const said = await new Promise<string | undefined>((resolve) => {
    const child = spawn(command, args, {
      ...as.ids,
      cwd: "/",
      env: { ...process.env, LC_ALL: "C" },
      stdio: ["ignore", "ignore", "pipe"],
    });
    let stderr = "";
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
    });
    child.on("error", (error) => resolve(error.message));
    child.on("close", (code) => resolve(code === 0 ? undefined : stderr));
  });
  rmSync(passwordFile, { force: true });
  if (said !== undefined) {
    if (/No space left/.test(said)) throw Object.assign(new Error(said), { code: "ENOSPC" });
    const line =
      said.split("\n").find((text) => /error|fatal|could not|denied/i.test(text)) ?? said;
    throw new StopLine(`PostgreSQL could not make its files: ${line.trim()}`);
  }
}
