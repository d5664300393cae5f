import { crowd } from "../crowd.ts";
import { quantile } from "../pairs.ts";

export type AnswerTimes = { atOnce: number; asked: number; medianMs: number; p99Ms: number };

/** How long `ask` waits for its answer, asked so often with so many under way. */
export async function answerTimes(
  asked: number,
  atOnce: number,
  ask: (number: number) => Promise<void>,
): Promise<AnswerTimes> {
  const times: number[] = [];
  await crowd(asked, atOnce, async (number) => {
    const startedAt = performance.now();
    await ask(number);
    times.push(performance.now() - startedAt);
  });
  const at = (share: number) => Number(quantile(times, share).toFixed(1));
  return { atOnce, asked, medianMs: at(0.5), p99Ms: at(0.99) };
}
