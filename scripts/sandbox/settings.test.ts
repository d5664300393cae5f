import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "vitest";
import { readSettings } from "./settings.ts";

function run(environment: Record<string, string>) {
  const server = new URL("./server.ts", import.meta.url).pathname;
  const child = spawn(process.execPath, [server], {
    env: { NODE_ENV: "test", ...environment },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      output += chunk;
    });
  return { child, output: () => output };
}

describe("the sandbox's settings", () => {
  test("are read from the environment, and empty variables count as unset", () => {
    const people = [{ role: "farmer", name: "盐源", phone: "+8610000000001", home: "/farm" }];
    const settings = readSettings({
      SANDBOX_PORT: "4321",
      SANDBOX_PUBLIC_URL: "http://localhost:3000/sandbox",
      DATA_DIR: "",
      DEMO_SIGN_INS: JSON.stringify(people),
    });
    expect(settings).toMatchObject({ port: 4321, host: "127.0.0.1", demoSignIns: people });
    expect(settings.dataDir).toBeUndefined();
  });

  test.each([
    ["SANDBOX_PORT", "many"],
    ["SANDBOX_PUBLIC_URL", "localhost"],
    ["WEBHOOK_URL", "ftp://shop.test"],
    ["STRIPE_SECRET_KEY", "sk_live_1"],
    ["STRIPE_WEBHOOK_SECRET", "secret"],
    ["DEMO_SIGN_INS", "farmer"],
    ["DEMO_SIGN_INS", '[{"role":"farmer"}]'],
    ["DEMO_SIGN_INS", '[{"role":"farmer","name":"x","phone":"1","home":"//evil.test"}]'],
  ])("%s=%s is refused by its name", (name, value) => {
    expect(() => readSettings({ [name]: value })).toThrow(new RegExp(`^${name}: `));
  });

  test("a process starts, says where, and ends when it is told to", async () => {
    const { child, output } = run({ SANDBOX_PORT: "0" });
    await expect.poll(output, { timeout: 10_000 }).toMatch(/sandbox listening on http:\/\/127/);
    const url = /http:\S+/.exec(output())?.[0];
    expect((await fetch(`${url}/health`)).status).toBe(200);
    child.kill("SIGTERM");
    expect((await once(child, "exit"))[0]).toBe(0);
    expect(output().trim().split("\n")).toHaveLength(1);
  });

  test("a taken port is one clear line, not a stack", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const { port } = taken.address() as AddressInfo;
    const { child, output } = run({ SANDBOX_PORT: String(port) });
    expect((await once(child, "exit"))[0]).toBe(1);
    expect(output()).toBe(`The sandbox cannot start: port ${port} is taken\n`);
    taken.close();
  });
});
