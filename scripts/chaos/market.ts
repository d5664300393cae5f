import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../start/free-port.ts";
import { killAfter } from "../start/guarded.ts";

/** A market that `npm start` opened: real processes on a folder of their own. */
export type Market = {
  port: number;
  /** DATA_DIR: database, secrets, logs, the sandbox's memory. */
  dataDir: string;
  /** The superuser's address of its database, to look with. */
  databaseUrl(): string;
  /** The process that keeps the others alive; they are its children. */
  pid: number;
  said(): string;
  stop(): Promise<void>;
};

const PATIENCE_MS = 300_000;

/** Opens a market with demo data and no photos, and waits until it serves. */
export async function startMarket(folder: string): Promise<Market> {
  const [port, dataDir] = [await freePort(), join(folder, "market")];
  const child: ChildProcess = spawn(process.execPath, ["scripts/start.ts"], {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: {
      ...process.env,
      ...{ DATABASE_URL: "", MEILI_URL: "", STRIPE_SECRET_KEY: "", SMS_URL: "", PUBLIC_URL: "" },
      ...{ DATA_DIR: dataDir, PORT: String(port), HOST: "127.0.0.1", SEED_PHOTOS: "0" },
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
  const note = join(dataDir, "running.json");
  return {
    ...{ port, dataDir, pid: child.pid ?? 0, stop },
    said: () => said,
    databaseUrl: () => JSON.parse(readFileSync(note, "utf8")).DATABASE_URL,
  };
}

/** The newest process below `pid` whose command names `part`; undefined while there is none. */
export function findBelow(pid: number, part: string): number | undefined {
  const processes = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, "utf8");
        const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
        const command = readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ");
        return [{ pid: Number(name), parent, command }];
      } catch {
        // It ended between being listed and being read.
        return [];
      }
    });
  const below = new Set([pid]);
  for (let grown = 0; grown !== below.size; ) {
    grown = below.size;
    for (const each of processes) if (below.has(each.parent)) below.add(each.pid);
  }
  const found = processes.filter((each) => each.pid !== pid && below.has(each.pid));
  return found.filter((each) => each.command.includes(part)).at(-1)?.pid;
}
