import { connect, type Socket } from "node:net";
import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";

const CONNECTIONS = 16;
const END_OF_HEAD = "\r\n\r\n";

type Pressed = { answers: number; perSecond: number; clientBusy: number };

/**
 * Asks for one page over and over, each connection as soon as it has its answer, and counts answers a
 * second. It speaks HTTP just as far as that takes, so that the server is what is measured: how busy
 * the client was is told beside it.
 */
export async function press(
  origin: string,
  path: string,
  status: number,
  headers: Record<string, string>,
  ms: number,
): Promise<Pressed> {
  const { host, hostname, port } = new URL(origin);
  const lines = Object.entries({ Host: host, ...headers }).map((pair) => pair.join(": "));
  const request = Buffer.from([`GET ${path} HTTP/1.1`, ...lines, "", ""].join("\r\n"));
  let answers = 0;
  let failed: Error | undefined;

  function open(): Socket {
    const socket = connect(Number(port), hostname).setNoDelay();
    const fail = (error: Error) => {
      failed ??= error;
      socket.destroy();
    };
    let come: Buffer = Buffer.alloc(0);
    socket.on("error", fail).on("data", (part: Buffer) => {
      come = come.byteLength === 0 ? part : Buffer.concat([come, part]);
      const length = lengthOf(come, status);
      if (length instanceof Error) return fail(length);
      if (length === undefined || come.byteLength < length) return;
      come = come.subarray(length);
      answers++;
      socket.write(request);
    });
    socket.write(request);
    return socket;
  }

  const sockets = Array.from({ length: CONNECTIONS }, open);
  const began = { at: performance.now(), busy: performance.eventLoopUtilization() };
  await sleep(ms);
  const seconds = (performance.now() - began.at) / 1000;
  const busy = performance.eventLoopUtilization(began.busy).utilization;
  for (const socket of sockets) socket.destroy();
  if (failed) throw failed;
  return { answers, perSecond: answers / seconds, clientBusy: busy };
}

/** Bytes of the answer that begins here; undefined before its head is whole. */
export function lengthOf(answer: Buffer, status: number): number | undefined | Error {
  const end = answer.indexOf(END_OF_HEAD);
  if (end < 0) return undefined;
  const head = answer.toString("latin1", 0, end);
  if (!head.startsWith(`HTTP/1.1 ${status} `)) return new Error(`it was answered ${head}`);
  const body = status === 304 ? 0 : Number(/^content-length: (\d+)$/im.exec(head)?.[1]);
  if (Number.isNaN(body)) return new Error("the answer does not say how long it is");
  return end + END_OF_HEAD.length + body;
}
