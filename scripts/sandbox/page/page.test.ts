import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Harness, paidSession, startHarness } from "#tests/setup/sandbox.ts";

const KEY = { authorization: "Bearer sk_test_sandbox", "content-type": "application/json" };

describe("the panel and the short messages", () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({
      publicUrl: "http://market.test/sandbox",
      demoSignIns: [{ role: "farmer", name: "吉克阿木", phone: "13800000001", home: "/farm" }],
    });
  });
  afterAll(() => harness.close());
  const send = (body: unknown, headers: Record<string, string> = KEY) =>
    harness.call("/messages", { method: "POST", headers, body: JSON.stringify(body) });
  const panel = async (path = "/sandbox/", headers = {}) =>
    (await harness.call(path, { headers })).text();

  test("a message is kept, listed newest first, and shown", async () => {
    const first = await send({ to: "+8613800000001", text: "验证码 111111" });
    expect(first.status).toBe(201);
    expect(await first.json()).toMatchObject({ id: expect.stringMatching(/^sms_/) });
    await send({ to: "+8613800000002", text: "验证码 222222" });
    await send({ to: "+8613800000001", text: "验证码 333333" });
    const texts = async (query: string) =>
      ((await harness.read(`/messages${query}`)) as { messages: { text: string }[] }).messages.map(
        ({ text }) => text,
      );
    expect(await texts("?to=%2B8613800000001")).toEqual(["验证码 333333", "验证码 111111"]);
    expect(await texts("?limit=1")).toEqual(["验证码 333333"]);
    expect(await panel()).toContain("验证码 222222");
  });

  test("messages without a key, a number or a text are refused", async () => {
    const json = { "content-type": "application/json" };
    expect((await send({ to: "13800000001", text: "x" }, json)).status).toBe(401);
    expect((await send({ to: "mother", text: "x" })).status).toBe(400);
    expect((await send({ to: "13800000001", text: "" })).status).toBe(400);
    expect((await harness.call("/messages")).status).toBe(401);
  });

  test("the panel speaks Chinese first, English when asked, and has no scripts", async () => {
    expect(await panel()).toContain("演示面板");
    expect(await panel("/sandbox?lang=en")).toContain("Demonstration panel");
    expect(await panel("/", { cookie: "lang=en" })).toContain("Demonstration panel");
    expect(await panel()).not.toContain("<script");
    expect((await harness.call("/sandbox/look.css")).headers.get("content-type")).toContain("css");
  });

  test("it offers the demo sign-ins, the payments and their notices", async () => {
    const { session } = await paidSession(harness);
    const text = await panel();
    expect(text).toContain('action="/sandbox/sign-in"');
    expect(text).toContain('name="phone" value="13800000001"');
    expect(text).toContain("以农户身份登录");
    expect(text).toContain("¥67.80");
    expect(text).toContain(String(session.client_reference_id));
    expect(text).toMatch(/action="\/sandbox\/deliveries\/\d+\/redelivery/);
  });

  test("its forms set the switches and send a notice again, but only from here", async () => {
    const form = { duplicate: "3", delay: "0", disorder: "on", asyncPayment: "off" };
    const post = (path: string, headers = {}) =>
      harness.call(path, { method: "POST", headers, body: new URLSearchParams(form) });
    const foreign = { origin: "http://evil.test" };
    expect((await post("/sandbox/switches", foreign)).status).toBe(403);
    expect((await post("/sandbox/deliveries/1/redelivery", foreign)).status).toBe(403);
    const saved = await post("/sandbox/switches?lang=en", { origin: "http://market.test" });
    expect(saved.headers.get("location")).toBe("/sandbox/?lang=en&note=saved");
    const state = { duplicate: 3, disorder: true, drop: 0 };
    expect(await harness.read("/_control/webhooks")).toMatchObject(state);
    form.duplicate = "300";
    const refused = await post("/sandbox/switches");
    expect(refused.headers.get("location")).toContain("note=refused");
    expect(await harness.read("/_control/webhooks")).toMatchObject(state);
    expect((await post("/sandbox/deliveries/1/redelivery")).status).toBe(303);
  });
});
