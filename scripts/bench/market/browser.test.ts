import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addressNumber, expectStatus, fieldIn, openBrowser } from "./browser.ts";

const heard: { cookie?: string; origin?: string; from?: string; body: string }[] = [];
const server = createServer((request, response) => {
  let body = "";
  request.on("data", (chunk) => {
    body += chunk;
  });
  request.on("end", () => {
    const { cookie, origin } = request.headers;
    heard.push({ cookie, origin, from: request.socket.remoteAddress, body });
    response.writeHead(request.method === "POST" ? 303 : 200, {
      "set-cookie": ["visitor=abc; Path=/; HttpOnly", "lang=zh; Path=/"],
      "content-encoding": "gzip",
      location: "/cart",
    });
    response.end(gzipSync('<input type="hidden" name="orderKey" value="k-1"/>'));
  });
});
let url = "";
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test("it keeps cookies, comes from its own address and says where a form stood", async () => {
  const browser = openBrowser(url, addressNumber(251), ["session=s1; HttpOnly"]);
  const page = await browser.get("/checkout");
  expect(fieldIn(page.text(), "orderKey")).toBe("k-1");
  const sent = await browser.post("/checkout", { street: "天河路 1 号" });
  browser.close();
  expect([sent.status, sent.location]).toEqual([303, "/cart"]);
  expect(heard.map((one) => one.cookie)).toEqual([
    "session=s1",
    "session=s1; visitor=abc; lang=zh",
  ]);
  expect(heard[1]?.origin).toBe(url);
  expect(new URLSearchParams(heard[1]?.body).get("street")).toBe("天河路 1 号");
  if (process.platform === "linux") expect(heard[1]?.from).toBe("127.10.1.2");
});

test("a wrong answer is an error that says what came", async () => {
  const browser = openBrowser(url, undefined);
  const page = await browser.get("/");
  browser.close();
  expect(() => expectStatus(page, 303, "adding to the cart")).toThrow(
    "adding to the cart was answered 200",
  );
  expect(() => fieldIn(page.text(), "clientKey")).toThrow("no field clientKey");
});

test.runIf(process.platform === "linux")("ten thousand buyers have as many addresses", () => {
  const all = new Set(Array.from({ length: 10_000 }, (_, number) => addressNumber(number)));
  expect(all.size).toBe(10_000);
  expect([...all].every((one) => /^127\.\d{2,3}\.\d{1,3}\.([1-9]|\d{2,3})$/.test(one ?? ""))).toBe(
    true,
  );
});
