import { quantile } from "../pairs.ts";

/** Asks each in turn; milliseconds that 95 of a hundred do not exceed. */
export async function p95Of<Query>(
  queries: readonly Query[],
  ask: (query: Query) => Promise<unknown>,
): Promise<number> {
  const times: number[] = [];
  for (const query of queries) {
    const startedAt = performance.now();
    await ask(query);
    times.push(performance.now() - startedAt);
  }
  return quantile(times, 0.95);
}
