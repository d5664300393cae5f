import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { killAfter } from "../../start/guarded.ts";
import { findChromium } from "../../test/find-chromium.ts";
import type { Place } from "../place.ts";

type Answer = {
  id?: number;
  method?: string;
  sessionId?: string;
  result?: unknown;
  error?: unknown;
};

/** Chromium spoken to in its own protocol: the market needs no package for browsers to run. */
export type Chromium = {
  /** Asks, in a page where one is named. */
  send<Result>(method: string, params?: object, sessionId?: string): Promise<Result>;
  /** When a page says this the next time. */
  said(method: string, sessionId: string): Promise<void>;
};

/** Starts the Chromium of the journeys, without a window, until the bench is over. */
export async function startChromium({ family, folder }: Place): Promise<Chromium> {
  const program = findChromium();
  if (!program) throw new Error("lcp-2g needs a Chromium: set CHROMIUM to its path.");
  const own = `--user-data-dir=${join(folder, "chromium")}`;
  const child = spawn(program, ["--headless", "--no-sandbox", "--remote-debugging-port=0", own], {
    stdio: ["ignore", "ignore", "pipe"],
    detached: true, // Debian's is a script that starts another: the group ends, not the script alone
  });
  family.atEnd(() => killAfter(child, 0));
  for await (const line of createInterface(child.stderr)) {
    const address = /DevTools listening on (ws:\S+)/.exec(line)?.[1];
    if (address) return connect(address);
  }
  throw new Error("Chromium did not start");
}

async function connect(address: string): Promise<Chromium> {
  const socket = new WebSocket(address);
  await once(socket, "open");
  const waiting = new Map<number, (answer: Answer) => void>();
  const hearing = new Map<string, () => void>();
  socket.addEventListener("message", ({ data }) => {
    const answer = JSON.parse(String(data)) as Answer;
    if (answer.id) waiting.get(answer.id)?.(answer);
    else hearing.get(`${answer.sessionId} ${answer.method}`)?.();
  });
  let last = 0;
  return {
    async send<Result>(method: string, params = {}, sessionId?: string) {
      const id = ++last;
      const answered = new Promise<Answer>((resolve) => waiting.set(id, resolve));
      socket.send(JSON.stringify({ id, method, params, sessionId }));
      const { result, error } = await answered;
      waiting.delete(id);
      if (error) throw new Error(`${method}: ${JSON.stringify(error)}`);
      return result as Result;
    },
    said: (method, sessionId) =>
      new Promise((resolve) => hearing.set(`${sessionId} ${method}`, resolve)),
  };
}
