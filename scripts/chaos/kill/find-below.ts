import { readdirSync, readFileSync } from "node:fs";

/** The newest process below `pid` whose command names `part`; undefined while there is none. */
export function findBelow(pid: number, part: string): number | undefined {
  const processes = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, "utf8");
        const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
        const command = readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ");
        return [{ pid: Number(name), parent, command }];
      } catch {
        // It ended between being listed and being read.
        return [];
      }
    });
  const below = new Set([pid]);
  for (let grown = 0; grown !== below.size; ) {
    grown = below.size;
    for (const each of processes) if (below.has(each.parent)) below.add(each.pid);
  }
  const found = processes.filter((each) => each.pid !== pid && below.has(each.pid));
  return found.filter((each) => each.command.includes(part)).at(-1)?.pid;
}
