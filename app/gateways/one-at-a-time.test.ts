import { expect, test } from "vitest";
import { oneAtATime } from "./one-at-a-time.ts";

test("work starts when the work before it has ended, even badly, and each caller gets its own end", async () => {
  const inTurn = oneAtATime();
  const running: string[] = [];
  const work = (name: string, fails: boolean) => async () => {
    running.push(`${name} starts`);
    await new Promise((done) => setTimeout(done, 5));
    running.push(`${name} ends`);
    if (fails) throw new Error(`${name} failed`);
    return name;
  };
  const results = await Promise.allSettled([
    inTurn(work("first", false)),
    inTurn(work("second", true)),
    inTurn(work("third", false)),
  ]);
  expect(running).toEqual(
    ["first", "second", "third"].flatMap((name) => [`${name} starts`, `${name} ends`]),
  );
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
});
