import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { lengthOf, press } from "./press.ts";

const BODY = "x".repeat(100_000);
let asked = 0;
const server = createServer((request, response) => {
  asked++;
  if (request.headers["if-none-match"] === '"a"') response.writeHead(304).end();
  else response.writeHead(200, { "Content-Length": BODY.length }).end(BODY);
});
let origin: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

test("counts whole answers, as many as were asked for", async () => {
  for (const [status, headers] of [
    [200, {}],
    [304, { "If-None-Match": '"a"' }],
  ] as const) {
    asked = 0;
    const { answers } = await press(origin, "/", status, headers, 1_000);
    expect(answers).toBeGreaterThan(0);
    // One a connection may be under way when it ends.
    expect(asked - answers).toBeGreaterThanOrEqual(0);
    expect(asked - answers).toBeLessThanOrEqual(16);
  }
});

test("an answer that is another is no answer", async () => {
  await expect(press(origin, "/", 304, {}, 200)).rejects.toThrow("it was answered HTTP/1.1 200");
});

test("an answer is as long as it says, from the end of its head on", () => {
  const answer = (text: string, status = 200) => lengthOf(Buffer.from(text), status);
  expect(answer("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcHTTP")).toBe(41);
  expect(answer("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n")).toBeUndefined();
  expect(answer("HTTP/1.1 304 Not Modified\r\n\r\n", 304)).toBe(29);
  expect(answer("HTTP/1.1 200 OK\r\n\r\n")).toBeInstanceOf(Error);
});
