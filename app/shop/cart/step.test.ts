import type { AppLoadContext } from "@remix-run/server-runtime";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readCart } from "#app/domain/carts/read-cart.ts";
import type { BuyerScope } from "#app/domain/scopes.ts";
import { fillCart, makeBuyer } from "#tests/factories/orders.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { action } from "./page.tsx";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

async function press(buyer: BuyerScope, fields: Record<string, string>): Promise<number> {
  const context = {
    db: test.db,
    auth: { readSession: async () => null },
    visitorId: buyer.visitorId,
  } as unknown as AppLoadContext;
  const body = new URLSearchParams(fields);
  const request = new Request("http://market.test/cart", { method: "POST", body });
  const answer = await action({ request, context, params: {} });
  if (answer instanceof Response) return answer.status;
  return (answer as unknown as { init: { status: number } }).init.status;
}

const quantityOf = async (buyer: BuyerScope) =>
  (await readCart(test.db, buyer)).groups[0]?.lines[0]?.quantity;

it("one more and one fewer go by the button, whatever the field says, and twice is once", async () => {
  const [buyer, listing] = [makeBuyer(), await makeListing(test.db)];
  await fillCart(test.db, buyer, [{ listing, quantity: 2 }]);
  const line = { listingId: listing.id, quantity: "2" };
  for (const _ of [1, 2]) expect(await press(buyer, { ...line, step: "3" })).toBe(303);
  expect(await quantityOf(buyer)).toBe(3);
  expect(await press(buyer, { ...line, step: "2" })).toBe(303);
  expect(await quantityOf(buyer)).toBe(2);
  expect(await press(buyer, { ...line, quantity: "5" })).toBe(303);
  expect(await quantityOf(buyer)).toBe(5);
});

it("a step made by hand takes no more than there is, and nothing out of another's cart", async () => {
  const [mine, other] = [makeBuyer(), makeBuyer()];
  const listing = await makeListing(test.db);
  for (const buyer of [mine, other]) await fillCart(test.db, buyer, [{ listing, quantity: 2 }]);
  const line = { listingId: listing.id, quantity: "2" };
  expect(await press(mine, { ...line, step: "11" })).toBe(409);
  for (const step of ["-1", "x", "1e9", ""]) expect(await press(mine, { ...line, step })).toBe(422);
  expect(await press(mine, { ...line, step: "1" })).toBe(303);
  expect([await quantityOf(mine), await quantityOf(other)]).toEqual([1, 2]);
});
