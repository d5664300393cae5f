import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** What the bare server answers: one page, or that nothing has changed. */
export type BarePage = { body: string; encoding: string; etag: string };

// A node server and nothing else, as a process of its own: what any server is measured against.
process.once("message", ({ body, encoding, etag }: BarePage) => {
  const bytes = Buffer.from(body, "base64");
  const headers = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Encoding": encoding,
    "Content-Length": bytes.byteLength,
    ETag: etag,
  };
  const server = createServer((request, response) => {
    if (request.headers["if-none-match"] === etag) {
      response.writeHead(304, { ETag: etag }).end();
      return;
    }
    response.writeHead(200, headers).end(bytes);
  });
  server.listen(0, "127.0.0.1", () => {
    process.send?.({ port: (server.address() as AddressInfo).port });
  });
});
process.on("disconnect", () => process.exit());
