import { watch } from "node:fs";
import type { Family, Running } from "./family.ts";
import { say } from "./say.ts";

/** Pages and their parts are reloaded by Vite; these are loaded once by web and worker. */
const FOLDERS = [
  "app/domain",
  "app/gateways",
  "app/jobs",
  "app/security",
  "app/account",
  "search",
  "db",
];
const TOGETHER_MS = 250;

/** Starts the processes anew when a file that they hold in memory has changed. */
export function watchSources(ours: Running[], family: Family): void {
  let timer: NodeJS.Timeout | undefined;
  for (const folder of FOLDERS) {
    const watcher = watch(folder, { recursive: true }, (_, file) => {
      if (!file || !/\.(ts|json)$/.test(file) || file.endsWith(".test.ts")) return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        say(`↻ ${folder}/${file}`);
        for (const one of ours) void one.restart();
      }, TOGETHER_MS);
    });
    family.atEnd(() => watcher.close());
  }
}
