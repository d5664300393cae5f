import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { StopLine } from "../../start/stop-line.ts";

const DEBIAN = "/usr/lib/postgresql";

/** Debian keeps it out of PATH where no cluster was made: the newest of those that are there. */
function candidates(): string[] {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN) : [];
  const newestFirst = versions.sort((a, b) => Number(b) - Number(a));
  return ["pgbench", ...newestFirst.map((version) => join(DEBIAN, version, "bin", "pgbench"))];
}

/** The pgbench of this machine; says what to install where there is none. */
export function findPgbench(places: readonly string[] = candidates()): string {
  const found = places.find(
    (program) => spawnSync(program, ["--version"], { stdio: "ignore" }).status === 0,
  );
  if (found) return found;
  throw new StopLine(
    "pgbench is missing, which this is compared with. Debian and Ubuntu: apt-get install postgresql-contrib; macOS: brew install postgresql. Or put it on PATH.",
  );
}
