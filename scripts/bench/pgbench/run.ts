import { spawn } from "node:child_process";
import type { Family } from "../../start/family.ts";
import { killAfter } from "../../start/guarded.ts";
import { findPgbench } from "./program.ts";
import { type Report, readReport } from "./read-report.ts";

const LONGEST_SECONDS = 120;

/** Runs pgbench against one database and returns what it measured. */
export async function runPgbench(
  family: Family,
  url: string,
  args: string[],
  options = "",
): Promise<Report> {
  return readReport(await pgbench(family, url, ["--no-vacuum", ...args], options));
}

/** `pgbench -N` as anyone runs it, nothing else changed; its transactions a second. */
export async function plainTps(
  family: Family,
  url: string,
  { clients, seconds }: { clients: number; seconds: number },
): Promise<number> {
  const args = ["-N", `--client=${clients}`, "--jobs=2", `--time=${seconds}`];
  return (await runPgbench(family, url, args)).tps;
}

/** Makes pgbench's own tables, ten times its smallest size, so that 32 clients rarely meet. */
export async function initPgbench(family: Family, url: string): Promise<void> {
  await pgbench(family, url, ["--initialize", "--quiet", "--scale=10"]);
}

async function pgbench(family: Family, url: string, args: string[], options = ""): Promise<string> {
  const { hostname, port, username, password, pathname } = new URL(url);
  const program = findPgbench();
  const target = [`--host=${hostname}`, `--port=${port}`, `--username=${username}`];
  const child = spawn(program, [...target, ...args, pathname.slice(1)], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, PGPASSWORD: password, PGOPTIONS: options },
    timeout: LONGEST_SECONDS * 1000,
  });
  family.atEnd(() => {
    child.kill("SIGTERM");
    return killAfter(child, 2);
  });
  let output = "";
  const keep = (chunk: Buffer) => {
    output += chunk;
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  const code = await new Promise((resolve) => child.once("close", resolve));
  if (code !== 0) throw new Error(`pgbench ended with ${code}:\n${output.trimEnd().slice(0, 600)}`);
  return output;
}
