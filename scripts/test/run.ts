import { spawn } from "node:child_process";
import { stripVTControlCharacters } from "node:util";

export type Ran = { code: number; output: string; seconds: number };

/** Runs a program to its end and keeps what it said; never throws for its exit code. */
export function run(
  command: string,
  args: string[],
  options: { env?: Record<string, string>; onLine?: (line: string) => void } = {},
): Promise<Ran> {
  const startedAt = performance.now();
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined, ...options.env },
    });
    const chunks: string[] = [];
    const take = (chunk: Buffer) => {
      const text = stripVTControlCharacters(chunk.toString());
      chunks.push(text);
      if (options.onLine) for (const line of text.split("\n")) options.onLine(line);
    };
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    const done = (code: number) =>
      resolve({ code, output: chunks.join(""), seconds: (performance.now() - startedAt) / 1000 });
    child.on("error", (error) => {
      chunks.push(`${command}: ${error.message}\n`);
      done(127);
    });
    child.on("close", (code) => done(code ?? 1));
  });
}

const fromBin = (name: string) => `node_modules/.bin/${name}`;

/** Runs a package's command with the Node of this process, whatever `node` the PATH has. */
export const runBin = (name: string, args: string[], options: Parameters<typeof run>[2] = {}) =>
  run(fromBin(name), args, {
    ...options,
    env: { PATH: `${process.cwd()}/node_modules/.bin:${process.env.PATH}`, ...options.env },
  });
