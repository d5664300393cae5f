import { afterAll, beforeAll, expect, it } from "vitest";
import type { Services } from "#app/load-context.ts";
import { send } from "#tests/setup/gate.ts";
import { serveRoutes } from "#tests/setup/serve-routes.ts";

let market: Awaited<ReturnType<typeof serveRoutes>>;
const page = () => null;
beforeAll(async () => {
  const services = { publicUrl: "https://market.example", log: { error: () => {} } };
  const routes = { form: { default: page, action: () => new Response("taken") } };
  market = await serveRoutes(routes, services as unknown as Services);
});
afterAll(() => market.close());

const post = (headers: Record<string, string>) =>
  send(`http://127.0.0.1:${market.port}/form`, { headers });

it("a form of ours is taken where the proxy names its own host instead of ours", async () => {
  expect((await post({ origin: "https://market.example" })).status).toBe(200);
  const passed = { "x-forwarded-host": "inner.example", origin: "https://market.example" };
  expect((await post(passed)).status).toBe(200);
});

it("a form of another site is refused, whatever host it says was asked for", async () => {
  const forged = { origin: "https://evil.example", "x-forwarded-host": "evil.example" };
  expect((await post(forged)).status).toBe(403);
});
