import { expect, test } from "vitest";
import { cpuMs } from "./cpu.ts";

/** Burns so many milliseconds of CPU, however many others want it. */
function burn(ms: number): void {
  const before = process.cpuUsage();
  for (;;) {
    const { user, system } = process.cpuUsage(before);
    if (user + system >= ms * 1000) return;
  }
}

test("the CPU of what was done several times is told for one time", async () => {
  let done = 0;
  const spent = await cpuMs(4, async () => {
    done += 1;
    burn(30);
  });
  expect(done).toBe(4);
  expect(spent).toBeGreaterThanOrEqual(30);
  expect(spent).toBeLessThan(4 * 30);
});
