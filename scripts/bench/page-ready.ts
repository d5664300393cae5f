import { fork } from "node:child_process";
import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { fileURLToPath } from "node:url";
import type { Measured } from "./figures.ts";
import type { Market } from "./market/open.ts";
import type { BarePage } from "./pages/bare-server.ts";
import { press } from "./pages/press.ts";
import { measurePairs, ratioOf } from "./pairs.ts";

const BARE_SERVER = fileURLToPath(new URL("./pages/bare-server.ts", import.meta.url));
const ACCEPTED = { "Accept-Encoding": "gzip, deflate, br" };

/** The home page that stands ready, requests/s, against a bare node server with the same bytes. */
export const pageCached = (market: Market) => againstBare(market, 200);

/** The same, asked for by a browser that has it: both say that nothing has changed. */
export const page304 = (market: Market) => againstBare(market, 304);

async function againstBare({ url, family, isQuick }: Market, status: 200 | 304): Promise<Measured> {
  const page = await readReady(url);
  const child = fork(BARE_SERVER, { env: { ...process.env, NODE_ENV: "production" } });
  family.atEnd(() => void child.kill());
  child.send(page);
  const [{ port }] = (await once(child, "message")) as [{ port: number }];
  const bare = `http://127.0.0.1:${port}`;
  const headers = status === 304 ? { ...ACCEPTED, "If-None-Match": page.etag } : ACCEPTED;
  const ms = isQuick ? 3_000 : 10_000;
  const busy: number[] = [];
  const rate = async (origin: string) => {
    const { perSecond, clientBusy } = await press(origin, "/", status, headers, ms);
    busy.push(clientBusy);
    return perSecond;
  };
  const pairs = await measurePairs(
    isQuick ? 7 : 11,
    () => rate(url),
    () => rate(bare),
  );
  return {
    value: ratioOf(pairs),
    detail: {
      first: `requests/s of the home page that stands ready, answered ${status}, 16 connections`,
      second: "requests/s of a bare node server that answers with the same bytes",
      pairs,
      bytes: status === 200 ? Buffer.from(page.body, "base64").byteLength : 0,
      clientBusy: Math.max(...busy),
    },
  };
}

/** The home page as it comes over the line; asked for until it stands ready. */
async function readReady(url: string): Promise<BarePage> {
  for (let tries = 0; tries < 50; tries++) {
    const [answer] = (await once(request(url, { headers: ACCEPTED }).end(), "response")) as [
      IncomingMessage,
    ];
    const chunks: Buffer[] = [];
    for await (const chunk of answer) chunks.push(chunk as Buffer);
    const { etag = "", "content-encoding": encoding = "" } = answer.headers;
    if (etag) return { body: Buffer.concat(chunks).toString("base64"), encoding, etag };
  }
  throw new Error("the home page does not stand ready");
}
