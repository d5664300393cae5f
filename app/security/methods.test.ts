import { afterEach, expect, it } from "vitest";
import { closeGates, OURS, openGate, reachedThePage, send } from "#tests/setup/gate.ts";

afterEach(closeGates);

it("a method that no form has is refused on every page, with those that are known", async () => {
  const url = await openGate();
  for (const path of [
    "/",
    "/cart",
    "/checkout",
    "/coop/parcels/x",
    "/webhooks/stripe",
    "/photos/a",
  ]) {
    for (const method of ["PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"]) {
      const answer = await send(`${url}${path}`, { method, headers: OURS });
      expect([answer.status, answer.headers.allow]).toEqual([405, "GET, HEAD, POST"]);
    }
  }
  expect(reachedThePage()).toBe(0);
  expect((await send(`${url}/cart`, { headers: OURS })).status).toBe(200);
  const piece = { method: "PATCH", headers: OURS };
  expect((await send(`${url}/farm/uploads/a-photo`, piece)).status).toBe(200);
});
