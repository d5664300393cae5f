import { expect, test } from "vitest";
import { crowd } from "./crowd.ts";

const pause = () => new Promise((resolve) => setTimeout(resolve, 1));

test("everything is done once, never more at once than asked", async () => {
  const seen: number[] = [];
  let underWay = 0;
  let most = 0;
  const rate = await crowd(25, 4, async (number) => {
    underWay += 1;
    most = Math.max(most, underWay);
    await pause();
    underWay -= 1;
    seen.push(number);
  });
  expect(seen.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 25 }, (_, number) => number));
  expect(most).toBe(4);
  expect(rate).toBeGreaterThan(0);
});

test("a failure ends the crowd and is told", async () => {
  let begun = 0;
  const failing = crowd(100, 2, async (number) => {
    begun += 1;
    await pause();
    if (number === 3) throw new Error("the fourth failed");
  });
  await expect(failing).rejects.toThrow("the fourth failed");
  expect(begun).toBeLessThan(10);
});
