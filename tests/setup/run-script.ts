import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

export type Ended = { code: number | null; said: string };

/** Runs a script of ours to its end, as npm would, with these settings and no others of ours. */
export function runScript(
  path: string,
  env: Record<string, string>,
  args: readonly string[] = [],
): Promise<Ended> {
  const { PATH = "", NODE_COMPILE_CACHE = "" } = process.env;
  const child = spawn(process.execPath, [path, ...args], {
    cwd: root,
    env: { NODE_ENV: "test", PATH, NODE_COMPILE_CACHE, ...env },
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      said += chunk;
    });
  }
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, said }));
  });
}
