import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { ownMs, stopwatchFor } from "./own-time.ts";

test("what waited while the machine was idle took as long as it waited", () => {
  expect(ownMs({ wallMs: 2_000, cpuMs: 30, stalledMs: 100 })).toBe(1_900);
});

test("what waited for a core took what its processes spent", () => {
  expect(ownMs({ wallMs: 5_000, cpuMs: 400, stalledMs: 4_900 })).toBe(400);
});

test("the CPU of another process is counted, of one that began meanwhile too", async () => {
  const burner = `process.once("message", () => {
    while (process.cpuUsage().user < 400_000);
    process.send("burnt");
    process.once("message", () => process.exit());
  });`;
  let pid: number | undefined;
  const stop = stopwatchFor(() => [pid])();
  const stdio = ["ignore", "inherit", "inherit", "ipc"] as const;
  const child = spawn(process.execPath, ["-e", burner], { stdio: [...stdio] });
  pid = child.pid;
  child.send("burn");
  await once(child, "message");
  expect(stop()).toBeGreaterThanOrEqual(300);
  child.send("end");
  await once(child, "exit");
});
