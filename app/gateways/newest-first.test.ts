import { expect, test } from "vitest";
import { newestFirst } from "./newest-first.ts";

test("who comes asks the one before to stop and waits for its end, whatever that is", async () => {
  const inTurn = newestFirst();
  const said: string[] = [];
  const before = inTurn("a photo", async (signal) => {
    const asked = Promise.withResolvers<void>();
    signal.addEventListener("abort", () => asked.resolve());
    await asked.promise;
    await inTurn("another photo", async () => said.push("another is in nobody's way"));
    said.push("the first ends");
    throw new Error("cut");
  });
  await Promise.resolve();
  const after = inTurn("a photo", async (signal) => {
    said.push("the second begins");
    return signal.aborted;
  });
  await expect(before).rejects.toThrow("cut");
  expect(await after).toBe(false);
  expect(said).toEqual(["another is in nobody's way", "the first ends", "the second begins"]);
});
