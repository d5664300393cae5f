import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "./free-port.ts";
import { killAfter } from "./guarded.ts";
import { readRunning } from "./running.ts";

/** A market that `npm start` opened: real processes on a folder of their own. */
export type StartedMarket = {
  port: number;
  /** DATA_DIR: database, secrets, logs, the sandbox's memory. */
  dataDir: string;
  /** The superuser's address of its database, to look with. */
  databaseUrl: string;
  /** The process that keeps the others alive; they are its children. */
  pid: number;
  stop(): Promise<void>;
};

const PATIENCE_MS = 300_000;

/** A trial touches nothing real, whatever the shell that runs it has set. */
const NOTHING_REAL = {
  SANDBOX: "1",
  ...{ PHOTO_STORE: "", DATABASE_URL: "", MEILI_URL: "", MEILI_KEY: "", PUBLIC_URL: "" },
  ...{ STRIPE_SECRET_KEY: "", STRIPE_WEBHOOK_SECRET: "", STRIPE_API_URL: "" },
  ...{ SMS_PROVIDER: "", SMS_URL: "", SMS_KEY: "", SMS_CALLBACK_KEY: "" },
};

/** Opens a market with demo data below the folder, for trials, and waits until it serves. */
export async function startMarket(
  folder: string,
  settings: Record<string, string>,
): Promise<StartedMarket> {
  const [port, dataDir] = [await freePort(), join(folder, "market")];
  const child: ChildProcess = spawn(process.execPath, ["scripts/start.ts"], {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: {
      ...process.env,
      ...NOTHING_REAL,
      ...{ DATA_DIR: dataDir, PORT: String(port), HOST: "127.0.0.1", ...settings },
    },
  });
  let said = "";
  const keep = (chunk: Buffer) => {
    said += chunk;
  };
  child.stdout?.on("data", keep);
  child.stderr?.on("data", keep);
  const stop = async () => {
    child.kill("SIGTERM");
    await killAfter(child, 40);
  };
  const giveUpAt = Date.now() + PATIENCE_MS;
  while (!said.includes("is open")) {
    if (child.exitCode !== null || Date.now() > giveUpAt) {
      await stop();
      throw new Error(`npm start did not open the market:\n${said}`);
    }
    await sleep(100);
  }
  const { DATABASE_URL: databaseUrl = "" } = readRunning(dataDir);
  return { port, dataDir, databaseUrl, pid: child.pid ?? 0, stop };
}
