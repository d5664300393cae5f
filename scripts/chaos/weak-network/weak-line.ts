import { connect, createServer, type Socket } from "node:net";

/**
 * Where a line breaks: so much of the request gets through (all of it: nobody waits for the answer
 * any more), or the market does its work and so much of its answer comes back.
 */
export type Cut = { side: "request" | "answer"; share: number };

const HEAD_END = "\r\n\r\n";

/** How long a request is, head and body; null while its head is not all there. */
function lengthOf(data: Buffer): number | null {
  const head = data.indexOf(HEAD_END);
  if (head < 0) return null;
  const length = /^content-length: *(\d+)/im.exec(data.subarray(0, head).toString("latin1"))?.[1];
  return head + HEAD_END.length + Number(length ?? 0);
}

/**
 * A line to the market that breaks once where it is told to: the next connection is cut, and those
 * after it are whole. The market sees it coming from `localAddress`, a reader of its own.
 */
export async function openWeakLine(port: number, localAddress: string) {
  let next: Cut | null = null;
  let cuts = 0;
  const open = new Set<Socket>();

  const serve = (client: Socket) => {
    const cut = next;
    next = null;
    const market = connect({ port, host: "127.0.0.1", localAddress });
    for (const socket of [client, market]) {
      open.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => open.delete(socket));
    }
    const breakUp = () => {
      cuts += 1;
      client.resetAndDestroy();
      market.destroy();
    };
    let asked = Buffer.alloc(0);
    let isSent = false;
    client.on("data", (chunk: Buffer) => {
      asked = Buffer.concat([asked, chunk]);
      const length = lengthOf(asked);
      if (isSent || length === null || asked.length < length) return;
      isSent = true;
      const through = cut?.side === "request" ? Math.floor(length * cut.share) : length;
      if (cut?.side === "request") market.write(asked.subarray(0, through), breakUp);
      else market.write(asked);
    });
    const answer: Buffer[] = [];
    market.on("data", (chunk: Buffer) => void answer.push(chunk));
    // Every request asks for its connection to be closed, so the end is the end of the answer.
    market.on("end", () => {
      const whole = Buffer.concat(answer);
      if (cut?.side !== "answer") client.end(whole);
      else client.write(whole.subarray(0, Math.floor(whole.length * cut.share)), breakUp);
    });
    client.on("close", () => market.destroy());
    // Nobody there, or gone in the middle: the reader's end hears of it too.
    market.on("error", () => client.resetAndDestroy());
  };

  const server = createServer(serve);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : 0,
    /** The next connection breaks there. */
    breakNext(cut: Cut) {
      next = cut;
    },
    cuts: () => cuts,
    close() {
      for (const socket of open) socket.destroy();
      server.close();
    },
  };
}
export type WeakLine = Awaited<ReturnType<typeof openWeakLine>>;
