import {
  BrokenCircuitError,
  ConsecutiveBreaker,
  circuitBreaker,
  handleAll,
  TaskCancelledError,
  TimeoutStrategy,
  timeout,
  wrap,
} from "cockatiel";
import type { SearchReader } from "./engine.ts";

/** An answer takes 300 ms at most; what Meilisearch may use of them leaves PostgreSQL its share. */
const MEILISEARCH_BUDGET_MS = 180;
const FAILURES_TO_OPEN = 3;
const RETRY_AFTER_MS = 10_000;

/**
 * Asks the first engine; when it fails, is slow, or failed three times in a row within the last
 * ten seconds, the second one answers instead. `onFailover` hears why, once for each failure.
 */
export function createFailover(
  first: SearchReader,
  second: SearchReader,
  onFailover: (error: unknown) => void = () => {},
): SearchReader {
  const breaker = circuitBreaker(handleAll, {
    halfOpenAfter: RETRY_AFTER_MS,
    breaker: new ConsecutiveBreaker(FAILURES_TO_OPEN),
  });
  const guarded = wrap(breaker, timeout(MEILISEARCH_BUDGET_MS, TimeoutStrategy.Aggressive));
  return {
    name: "failover",
    async search(query) {
      try {
        return await guarded.execute(({ signal }) => first.search(query, signal));
      } catch (error) {
        if (!(error instanceof BrokenCircuitError)) onFailover(error);
        return second.search(query);
      }
    },
    healthy: () => second.healthy(),
    leads: () => first.healthy(),
  };
}

/** Why the first engine gave no answer, in a word for the log: its messages may hold the query. */
export function failoverCause(error: unknown): string {
  if (error instanceof TaskCancelledError) return "slow";
  return error instanceof Error ? error.name : "unknown";
}
