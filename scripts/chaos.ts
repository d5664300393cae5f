/** `npm run chaos -- [name…] [--quick] [--json FILE]`: does the worst and counts what did not hold. */
import { writeFileSync } from "node:fs";
import { readArguments } from "./chaos/arguments.ts";
import { type Figure, figureOf } from "./chaos/figures.ts";
import { withGround } from "./chaos/ground.ts";
import { runChaos } from "./chaos/run.ts";
import { table } from "./chaos/table.ts";
import { lineFor, StopLine } from "./start/stop-line.ts";
import { leaveAll } from "./start/throwaway.ts";

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.once(signal, () => void leaveAll().then(() => process.exit(130)));
}
process.on("disconnect", () => void leaveAll().then(() => process.exit(1)));

try {
  const { names, size, jsonFile } = readArguments(process.argv.slice(2), Object.keys(table));
  const figures: Record<string, Figure> = {};
  await withGround(size, async (ground) => {
    // Opening takes a while, and the others do not need it.
    if (names.some((name) => table[name]?.isOnMarket)) ground.openMarket().catch(() => {});
    for (const name of names) {
      const ran = await runChaos(name, ground, console.log);
      if (ran) figures[name] = figureOf(ran, size);
    }
  });
  if (jsonFile) writeFileSync(jsonFile, `${JSON.stringify(figures, null, 2)}\n`);
  // They report; whether they hold is judged by `npm test`.
  if (Object.keys(figures).length < names.length) process.exitCode = 1;
} catch (error) {
  console.error(error instanceof StopLine ? error.message : lineFor(error));
  process.exitCode = 1;
}
process.disconnect?.();
