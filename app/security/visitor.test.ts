import { afterEach, describe, expect, it } from "vitest";
import { closeGates, OURS, openGate, type Sent, send } from "#tests/setup/gate.ts";

afterEach(closeGates);

describe("the visitor's cookie", () => {
  const cookieOf = (sent: Sent) => String(sent.headers["set-cookie"] ?? "");

  it("comes with the first change, not with reading", async () => {
    const url = await openGate();
    expect(cookieOf(await send(url, { method: "GET" }))).toBe("");
    const cookie = cookieOf(await send(url, { headers: OURS }));
    expect(cookie).toMatch(
      /^__Host-visitor=[\w-]{22}; Path=\/; Max-Age=31536000; HttpOnly; SameSite=Lax; Secure$/,
    );
  });

  it("does not come with a language, which makes nobody a buyer", async () => {
    expect(cookieOf(await send(`${await openGate()}/language`, { headers: OURS }))).toBe("");
  });

  it("is kept, and a made-up one is replaced", async () => {
    const url = await openGate();
    const cookie = cookieOf(await send(url, { headers: OURS })).split(";")[0] ?? "";
    const again = await send(url, { headers: { ...OURS, cookie } });
    expect(cookieOf(again)).toBe("");
    expect(again.text).toContain(cookie.split("=")[1]);
    for (const value of ["1", "", "x".repeat(500), "' or 1=1 --"]) {
      const made = await send(url, { headers: { ...OURS, cookie: `__Host-visitor=${value}` } });
      expect(cookieOf(made)).toMatch(/^__Host-visitor=[\w-]{22};/);
    }
  });

  it("differs between browsers", async () => {
    const url = await openGate();
    const ids = new Set<string>();
    for (let at = 0; at < 20; at++) ids.add(cookieOf(await send(url, { headers: OURS })));
    expect(ids.size).toBe(20);
  });
});
