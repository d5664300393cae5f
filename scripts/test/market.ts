import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { freePort } from "../start/free-port.ts";
import { killAfter } from "../start/guarded.ts";

export type Market = { url: string; stop(): Promise<void> };

const PATIENCE_MS = 240_000;

/** Starts the real `npm start` on a folder of its own, seeded small, and waits until it is open. */
export async function startMarket(folder: string): Promise<Market> {
  const port = await freePort();
  const child: ChildProcess = spawn(process.execPath, ["scripts/start.ts"], {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: {
      ...process.env,
      DATABASE_URL: "",
      DATA_DIR: join(folder, "market"),
      PORT: String(port),
      HOST: "127.0.0.1",
      TRUST_PROXY: "1",
    },
  });
  let output = "";
  const keep = (chunk: Buffer) => {
    output += chunk;
  };
  child.stdout?.on("data", keep);
  child.stderr?.on("data", keep);
  const stop = async () => {
    child.kill("SIGTERM");
    await killAfter(child, 40);
  };
  const giveUpAt = Date.now() + PATIENCE_MS;
  while (!output.includes("is open")) {
    if (child.exitCode !== null || Date.now() > giveUpAt) {
      await stop();
      throw new Error(`npm start did not open the market:\n${output}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return { url: `http://127.0.0.1:${port}`, stop };
}
