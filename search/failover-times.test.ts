import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { SearchReader } from "./engine.ts";
import { createFailover } from "./failover.ts";

// The clock is the test's: nothing here waits, and nothing depends on how busy the machine is.
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const question = { text: "苹果", limit: 24, offset: 0 };
type Answer = Awaited<ReturnType<SearchReader["search"]>>;

/** An engine that answers as it is told, and remembers how often and with what it was asked. */
function engine(name: "meilisearch" | "postgres", answer: () => Promise<Answer>) {
  const signals: (AbortSignal | undefined)[] = [];
  const reader: SearchReader = {
    name,
    search: (_query, signal) => {
      signals.push(signal);
      return answer();
    },
    healthy: async () => true,
  };
  return { reader, signals, asked: () => signals.length };
}

const answerOf = (name: string) => ({ engine: name }) as unknown as Answer;
const second = () => engine("postgres", async () => answerOf("postgres"));

describe("an engine that does not answer", () => {
  test("is waited for 180 ms, told to stop, and the other answers", async () => {
    const silent = engine("meilisearch", () => new Promise(() => {}));
    const postgres = second();
    const heard: unknown[] = [];
    const failover = createFailover(silent.reader, postgres.reader, (error) => heard.push(error));
    const answer = failover.search(question);
    await vi.advanceTimersByTimeAsync(179);
    expect(postgres.asked()).toBe(0);
    expect(silent.signals[0]?.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(await answer).toEqual(answerOf("postgres"));
    expect(silent.signals[0]?.aborted).toBe(true);
    expect(heard).toHaveLength(1);
  });

  test("but does so in 179 ms is taken at its word", async () => {
    const slow = engine(
      "meilisearch",
      () => new Promise((resolve) => setTimeout(() => resolve(answerOf("meilisearch")), 179)),
    );
    const postgres = second();
    const answer = createFailover(slow.reader, postgres.reader).search(question);
    await vi.advanceTimersByTimeAsync(179);
    expect(await answer).toEqual(answerOf("meilisearch"));
    expect(postgres.asked()).toBe(0);
  });
});

describe("an engine that fails three times in a row", () => {
  /** Fails until it is mended. */
  function failing() {
    const state = { isMended: false };
    const meilisearch = engine("meilisearch", async () => {
      if (!state.isMended) throw new Error("away");
      return answerOf("meilisearch");
    });
    const failover = createFailover(meilisearch.reader, second().reader);
    const ask = async (times: number) => {
      for (let asked = 0; asked < times; asked++) await failover.search(question);
      return meilisearch.asked();
    };
    return { state, ask };
  }

  test("is left alone for ten seconds, then asked once to see", async () => {
    const { ask } = failing();
    expect(await ask(3)).toBe(3);
    expect(await ask(5)).toBe(3);
    await vi.advanceTimersByTimeAsync(9_999);
    expect(await ask(5)).toBe(3);
    await vi.advanceTimersByTimeAsync(1);
    expect(await ask(5)).toBe(4);
    await vi.advanceTimersByTimeAsync(9_999);
    expect(await ask(1)).toBe(4);
  });

  test("leads again once it answers that question", async () => {
    const { state, ask } = failing();
    await ask(3);
    state.isMended = true;
    expect(await ask(2)).toBe(3);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await ask(4)).toBe(7);
  });

  test("and not in a row is not left alone", async () => {
    const { state, ask } = failing();
    await ask(2);
    state.isMended = true;
    await ask(1);
    state.isMended = false;
    expect(await ask(2)).toBe(5);
  });
});
