import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { answerTimes } from "./answer-times.ts";

test("every answer is timed, with no more of them under way than asked for", async () => {
  let underWay = 0;
  let most = 0;
  const seen = new Set<number>();
  const times = await answerTimes(40, 8, async (number) => {
    most = Math.max(most, ++underWay);
    seen.add(number);
    await sleep(number === 0 ? 60 : 5);
    underWay -= 1;
  });
  expect([seen.size, most]).toEqual([40, 8]);
  expect(times).toMatchObject({ asked: 40, atOnce: 8 });
  expect(times.p99Ms).toBeGreaterThan(times.medianMs);
});
