import { execFileSync, spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { dirname } from "node:path";
import { StopLine } from "../stop-line.ts";

/** How PostgreSQL's programs are run: as ourselves, or as "postgres" where we are root. */
export type RunAs = {
  /** Who must own PostgreSQL's files, where that is not ourselves. */
  owner?: User;
  /** What spawn() is told. */
  ids: Partial<User>;
  /** A command that stands before the program's own. */
  prefix: string[];
};

type User = { uid: number; gid: number };

const idOf = (flag: "-u" | "-g") =>
  Number(execFileSync("id", [flag, "postgres"], { stdio: ["ignore", "pipe", "ignore"] }));

/** PostgreSQL refuses to run as root, so root lends it a user of its own, made when missing. */
function postgresUser(): User {
  try {
    return { uid: idOf("-u"), gid: idOf("-g") };
  } catch {
    spawnSync("groupadd", ["--system", "postgres"]);
    spawnSync("useradd", [
      "--system",
      "-g",
      "postgres",
      "-M",
      "-s",
      "/usr/sbin/nologin",
      "postgres",
    ]);
  }
  try {
    return { uid: idOf("-u"), gid: idOf("-g") };
  } catch {
    throw new StopLine(
      "PostgreSQL cannot run as root and no user “postgres” could be made: run as another user, or set DATABASE_URL.",
    );
  }
}

/** The first folder above a file that this user may not walk through, such as /root. */
function barrier(path: string, { uid, gid }: User): string | undefined {
  for (let folder = dirname(path), below = ""; folder !== below; folder = dirname(folder)) {
    const { mode, uid: owner, gid: group } = statSync(folder);
    const bit = owner === uid ? 0o100 : group === gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return folder;
    below = folder;
  }
  return undefined;
}

const lending = (capability: string, user: User) => [
  "setpriv",
  `--reuid=${user.uid}`,
  `--regid=${user.gid}`,
  "--clear-groups",
  `--inh-caps=-all,+${capability}`,
  `--ambient-caps=+${capability}`,
  `--bounding-set=-all,+${capability}`,
];

/**
 * Root's clone often lies in /root, where no other user may walk. There the one right to walk
 * through folders is lent along (dac_read_search; Docker keeps only dac_override).
 */
export function runAs(paths: string[]): RunAs {
  if (process.getuid?.() !== 0) return { ids: {}, prefix: [] };
  const user = postgresUser();
  const wall = paths.map((path) => barrier(path, user)).find(Boolean);
  if (!wall) return { owner: user, ids: user, prefix: [] };
  for (const capability of ["dac_read_search", "dac_override"]) {
    const prefix = lending(capability, user);
    const [command = "", ...rest] = [...prefix, "test", "-e", paths[0] ?? "/"];
    if (spawnSync(command, rest).status === 0) return { owner: user, ids: {}, prefix };
  }
  throw new StopLine(
    `As root, PostgreSQL runs as the user “postgres”, which may not enter ${wall}: clone elsewhere (such as /opt), run as another user, or set DATABASE_URL.`,
  );
}
