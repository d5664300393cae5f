import { afterEach, describe, expect, it } from "vitest";
import { closeGates, OURS, openGate, PAYMENT, reachedThePage, send } from "#tests/setup/gate.ts";

afterEach(closeGates);

describe("every page", () => {
  it("allows scripts, styles and forms of its own, and the payment page as a form's end", async () => {
    const { headers } = await send(await openGate(), { method: "GET" });
    expect(headers["content-security-policy"]).toBe(
      "default-src 'self'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; " +
        `img-src 'self' data: blob:; form-action 'self' ${PAYMENT}; frame-ancestors 'none'; ` +
        "base-uri 'none'; object-src 'none'",
    );
    expect(headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "same-origin",
      "strict-transport-security": "max-age=31536000",
      "cache-control": "private, no-cache",
    });
  });

  it("does not ask for https where the market has none", async () => {
    const { headers } = await send(await openGate({ publicUrl: "http://market.example" }), {
      method: "GET",
    });
    expect(headers["strict-transport-security"]).toBeUndefined();
  });
});

describe("a changing request", () => {
  const self = (url: string) => new URL(url).origin;
  const cases: [string, (url: string) => Record<string, string>, number][] = [
    ["from our page", () => OURS, 200],
    ["from our page, said twice", () => ({ ...OURS, "sec-fetch-site": "same-origin" }), 200],
    ["from our page with a hidden origin", () => same({ origin: "null" }), 200],
    ["from our page in an old browser", () => ({ referer: "https://market.example/cart" }), 200],
    ["from another site", () => ({ origin: "https://evil.example" }), 403],
    ["from a site named like ours", () => ({ origin: "https://market.example.evil" }), 403],
    ["from our host without https", () => ({ origin: "http://market.example" }), 403],
    ["from our host at another port", () => ({ origin: "https://market.example:8443" }), 403],
    ["from a sandboxed frame", () => ({ origin: "null" }), 403],
    ["from a sandboxed frame, of ours by referer", () => ref({ origin: "null" }), 403],
    ["from a neighbour host", () => ({ ...OURS, "sec-fetch-site": "same-site" }), 403],
    ["from another site by its own word", () => ({ "sec-fetch-site": "cross-site" }), 403],
    ["linked from another site", () => ({ referer: "https://evil.example/" }), 403],
    ["that says nothing", () => ({}), 403],
    ["that says nonsense", () => ({ origin: "::::" }), 403],
  ];
  const same = (more: Record<string, string>) => ({ "sec-fetch-site": "same-origin", ...more });
  const ref = (more: Record<string, string>) => ({ referer: "https://market.example/", ...more });

  it.each(cases)("%s", async (_name, headers, status) => {
    const url = await openGate();
    const uploads = `${url}/farm/uploads/a`;
    for (const [method, to] of [
      ["POST", url],
      ["PATCH", uploads],
      ["DELETE", uploads],
    ] as const) {
      expect((await send(to, { method, headers: headers(url) })).status).toBe(status);
    }
    expect(reachedThePage()).toBe(status === 200 ? 3 : 0);
  });

  it("may come by any address under which an http market is reached", async () => {
    const url = await openGate({ publicUrl: "http://localhost:3000" });
    expect((await send(url, { headers: { origin: self(url) } })).status).toBe(200);
    expect((await send(url, { headers: { origin: "http://localhost:3000" } })).status).toBe(200);
    expect((await send(url, { headers: { origin: "http://127.0.0.1:1" } })).status).toBe(403);
  });

  it("of a machine to a webhook needs no origin, and reading needs none either", async () => {
    const url = await openGate();
    expect((await send(`${url}/webhooks/stripe`)).status).toBe(200);
    expect((await send(`${url}/webhooks`)).status).toBe(403);
    const foreign = { method: "GET", headers: { origin: "https://evil.example" } };
    expect((await send(url, foreign)).status).toBe(200);
  });

  it("is turned away in the reader's language", async () => {
    const url = await openGate();
    expect((await send(url)).text).toContain("不是从田集的页面上按的");
    const english = await send(url, { headers: { cookie: "lang=en" } });
    expect(english.text).toContain("not pressed on a page of ours");
    expect(english.text).not.toMatch(/[一-鿿]/);
  });
});
