import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Harness, startHarness } from "#tests/setup/sandbox.ts";

const KEY = { authorization: "Bearer sk_test_sandbox", "content-type": "application/json" };
const heard: { url: string | undefined; said: unknown }[] = [];
let answer = 200;
const market = createServer(async (request, response) => {
  heard.push({ url: request.url, said: JSON.parse(await text(request)) });
  response.writeHead(answer).end("{}");
});
let harness: Harness;
beforeAll(async () => {
  await new Promise<void>((resolve) => market.listen(0, "127.0.0.1", resolve));
  const { port } = market.address() as AddressInfo;
  harness = await startHarness({
    publicUrl: "http://market.test/sandbox",
    smsCallbackUrl: `http://127.0.0.1:${port}/webhooks/sms`,
    smsCallbackKey: "the key",
  });
});
afterAll(async () => {
  await harness.close();
  market.closeAllConnections();
  market.close();
});

async function send(reference?: string): Promise<{ id: string }> {
  const body = JSON.stringify({ to: "+8613800000001", text: "您家又卖出 1 单", reference });
  const sent = await harness.call("/messages", { method: "POST", headers: KEY, body });
  return (await sent.json()) as { id: string };
}
const post = (path: string, form: Record<string, string>, headers = {}) =>
  harness.call(path, { method: "POST", headers, body: new URLSearchParams(form) });
const panel = async () => (await harness.call("/sandbox?lang=en")).text();

test("a message of a known reference is the same message", async () => {
  const first = await send("ours-1");
  expect(await send("ours-1")).toEqual({ ...first, state: "sent" });
  expect((await send("ours-2")).id).not.toBe(first.id);
});

test("a message is delivered or not, and the market hears of it as from Tencent", async () => {
  const { id } = await send();
  for (const [state, report_status] of [
    ["failed", "FAIL"],
    ["delivered", "SUCCESS"],
  ]) {
    const posted = await post(`/sandbox/messages/${id}/report`, { state: state as string });
    expect(posted.headers.get("location")).toContain("note=told");
    expect(heard.at(-1)).toMatchObject({
      url: "/webhooks/sms/status?key=the%20key",
      said: [{ sid: id, report_status, nationcode: "86", mobile: "13800000001" }],
    });
  }
  expect(await panel()).toContain("delivered");
});

test("the phone answers, with nothing but what it wrote", async () => {
  const { id } = await send();
  await post(`/sandbox/messages/${id}/reply`, { text: " T " });
  expect(heard.at(-1)).toMatchObject({
    url: "/webhooks/sms/replies?key=the%20key",
    said: { text: "T", nationcode: "86", mobile: "13800000001", time: expect.any(Number) },
  });
});

test("what the market does not take is said, and forms come only from here", async () => {
  const { id } = await send();
  answer = 500;
  const posted = await post(`/sandbox/messages/${id}/report`, { state: "delivered" });
  expect(posted.headers.get("location")).toContain("note=untold");
  const foreign = { origin: "http://evil.test" };
  expect((await post(`/sandbox/messages/${id}/reply`, { text: "T" }, foreign)).status).toBe(403);
  expect((await post("/sandbox/messages/sms_999/reply", { text: "T" })).status).toBe(404);
});
