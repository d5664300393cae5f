/** `npm run bench -- [name…] [--quick] [--json FILE]`: measures the figures and reports them. */
import { writeFileSync } from "node:fs";
import { readArguments } from "./bench/arguments.ts";
import { benches } from "./bench/benches.ts";
import { type Figure, lineOf } from "./bench/figures.ts";
import { lineFor, StopLine } from "./start/stop-line.ts";
import { leaveAll } from "./start/throwaway.ts";

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.once(signal, () => void leaveAll().then(() => process.exit(130)));
}
process.on("disconnect", () => void leaveAll().then(() => process.exit(1)));

/** What stands in the way, in one line where it is known, else with all there is to know. */
const why = (error: unknown) =>
  error instanceof StopLine ? error.message : error instanceof Error ? error.stack : lineFor(error);

async function measureAll(names: string[], isQuick: boolean): Promise<Record<string, Figure>> {
  const figures: Record<string, Figure> = {};
  for (const name of names) {
    const { measure, ...target } = benches[name] as (typeof benches)[string];
    const startedAt = performance.now();
    try {
      const { value, detail } = await measure(isQuick);
      const seconds = Math.round((performance.now() - startedAt) / 1000);
      figures[name] = { value, ...target, detail: { ...detail, isQuick, seconds } };
      console.log(`${lineOf(name, figures[name])}  ${seconds} s`);
    } catch (error) {
      console.error(`! ${name} was not measured: ${why(error)}`);
    }
  }
  return figures;
}

try {
  const { names, isQuick, jsonFile } = readArguments(process.argv.slice(2), Object.keys(benches));
  const figures = await measureAll(names, isQuick);
  if (jsonFile) writeFileSync(jsonFile, `${JSON.stringify(figures, null, 2)}\n`);
  // They report; whether they hold is judged elsewhere.
  if (Object.keys(figures).length < names.length) process.exitCode = 1;
} catch (error) {
  console.error(why(error));
  process.exitCode = 1;
}
process.disconnect?.();
