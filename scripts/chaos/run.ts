import { lineFor } from "../start/stop-line.ts";
import type { Found, Ground } from "./ground.ts";
import { table } from "./table.ts";

export type Ran = { found: Found; seconds: number };

const MOST_SHOWN = 5;

/** "2,000 operations · 12 histories": the numbers of the detail, in the order it names them. */
function inWords(detail: Record<string, unknown>): string {
  return Object.entries(detail)
    .filter((entry): entry is [string, number] => typeof entry[1] === "number")
    .map(([name, value]) => `${value.toLocaleString("en")} ${name}`)
    .join(" · ");
}

/** Runs one chaos and says what it did; null, with the reason said, when it could not be run. */
export async function runChaos(
  name: string,
  ground: Ground,
  say: (line: string) => void,
): Promise<Ran | null> {
  const startedAt = performance.now();
  try {
    const { run, holds } = table[name] as (typeof table)[string];
    const found = await run(ground);
    const seconds = (performance.now() - startedAt) / 1000;
    const mark = found.failed === 0 ? "✓" : "✗";
    say(
      `${mark} ${name.padEnd(13)} ${found.failed} of ${found.failed + found.passed} deviate  ${seconds.toFixed(1)} s  ${inWords(found.detail)}`,
    );
    if (found.failed > 0) say(`    must hold: ${holds}`);
    for (const line of found.deviations.slice(0, MOST_SHOWN)) say(`    ${line}`);
    return { found, seconds };
  } catch (error) {
    const why = error instanceof Error ? (error.stack ?? error.message) : lineFor(error);
    say(`! ${name} was not measured: ${why}`);
    return null;
  }
}
