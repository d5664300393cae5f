import { Hono } from "hono";
import { expect, test } from "vitest";
import { secureHeaders } from "./headers.ts";

const market = new Hono()
  .use(secureHeaders({ publicUrl: "https://market.test" }))
  // The headers of such an answer are not to be written, as those of one fetched elsewhere are not.
  .get("/away", () => Response.redirect("https://market.test/sign-in", 303))
  .get("/own", (c) => c.html("<p>hers</p>", 200, { "Referrer-Policy": "no-referrer" }))
  .get("/kept", (c) => c.html("<p>hers</p>", 200, { "Cache-Control": "no-store" }));

test("every answer has the headers, also one whose own cannot be written", async () => {
  for (const path of ["/away", "/own", "/nowhere"]) {
    const { headers } = await market.request(path);
    expect(headers.get("content-security-policy")).toContain("default-src 'self'");
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(headers.get("strict-transport-security")).toContain("max-age=");
  }
  const { status, headers } = await market.request("/away");
  expect([status, headers.get("location")]).toEqual([303, "https://market.test/sign-in"]);
});

test("what an answer says itself stays, and a page is kept by no cache on the way", async () => {
  const own = await market.request("/own");
  expect(own.headers.get("referrer-policy")).toBe("no-referrer");
  expect(own.headers.get("cache-control")).toBe("private, no-cache");
  expect(await own.text()).toBe("<p>hers</p>");
  expect((await market.request("/kept")).headers.get("cache-control")).toBe("no-store");
});
