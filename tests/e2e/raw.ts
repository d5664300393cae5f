import { type IncomingHttpHeaders, request } from "node:http";
import { test } from "@playwright/test";

export type Raw = { status: number; headers: IncomingHttpHeaders; body: Buffer };

type Asked = {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  /** Whom the market takes us for: any address of this machine. */
  localAddress?: string;
};

/** One request as it goes over the wire: compressed bytes stay compressed, nothing is followed. */
export function raw(
  path: string,
  { method, headers, body, localAddress }: Asked = {},
): Promise<Raw> {
  const url = new URL(path, test.info().project.use.baseURL);
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, localAddress }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () => {
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          body: Buffer.concat(chunks),
        });
      });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}
